import type { Atom, OfKind } from '../../ir/predicate.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { assume } from './assumptions.ts';
import { quoted } from './escape.ts';
import type { Written } from './write-atom.ts';

/** One octet, and a dotted quad or the beginning of one. */
const QUAD = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const LEAD = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){1,3}$/;

/**
 * Writes a test of a field of type ip, which knows addresses and networks and no texts.
 *
 * The beginning of a dotted quad is a network: `10.` and a wildcard is `10.0.0.0/8`.
 */
export function writeAddress(atom: Exclude<Atom, OfKind<'keyword' | 'exists'>>, field: string): Written {
  if (atom.kind === 'cidr') return { field, text: quoted(atom.network), assumptions: [assume.mapped] };
  if (atom.kind !== 'like') return { refused: 'the field holds addresses' };
  const text = start(atom.pattern);
  if (text !== undefined && LEAD.test(text) && atom.pattern.length === 2) {
    const octets = text.split('.').slice(0, -1);
    const base = [...octets, '0', '0', '0'].slice(0, 4).join('.');
    return { field, text: quoted(`${base}/${octets.length * 8}`), assumptions: [assume.mapped] };
  }
  if (text !== undefined && atom.pattern.length === 1) {
    if (QUAD.test(text)) return { field, text: quoted(text), assumptions: [assume.mapped] };
    const why = 'an IPv6 address is found in any spelling';
    if (/^[\da-f]*:[\da-f:]*$/i.test(text))
      return { field, text: quoted(text), assumptions: [], loss: { effect: 'wider', why } };
  }
  return { refused: 'the field holds addresses: it can be asked for one, or for a network' };
}

/** The literal that a pattern is, or that stands before its only hole, a `many`. */
function start(pattern: Pattern): string | undefined {
  const [first, hole] = pattern;
  if (typeof first !== 'string' || pattern.length > 2) return undefined;
  return hole === undefined || (typeof hole !== 'string' && hole.wild === 'many') ? first : undefined;
}
