import type { Pattern } from '../../ir/pattern.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const QUAD = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const LEAD = new RegExp(`^(?:${OCTET}\\.){1,3}$`);

/**
 * The address or the network that a pattern asks a field of type ip for, or undefined where it asks for none.
 *
 *     10.0.0.5     10.0.0.5
 *     10.*         10.0.0.0/8
 */
export function addressOf(pattern: Pattern): string | undefined {
  const [first, hole, ...more] = pattern;
  if (typeof first !== 'string' || more.length > 0) return undefined;
  if (hole === undefined) return QUAD.test(first) || /^[\da-f]*:[\da-f:]*$/i.test(first) ? first : undefined;
  if (typeof hole === 'string' || hole.wild !== 'many' || !LEAD.test(first)) return undefined;
  const octets = first.split('.').slice(0, -1);
  return `${[...octets, '0', '0', '0'].slice(0, 4).join('.')}/${octets.length * 8}`;
}
