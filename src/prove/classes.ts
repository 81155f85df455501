import { inNetwork } from '../ir/cidr.ts';
import { eventOf, scalarsOf, textOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import { foldClass } from '../ir/fold.ts';
import { atomsOf, fieldsOf } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { ValueClass } from '../logic/relate.ts';

/** The named classes to which an event belongs, as seen by predicates that look at it; see `ValueClass`. */
export function classesOf(event: Raw, predicates: readonly Predicate[]): Set<ValueClass> {
  const opened = eventOf(event);
  const fields = [...new Set(predicates.flatMap(fieldsOf))];
  const tested = new Set(predicates.flatMap(addressFields));
  const found = new Set<ValueClass>();
  for (const field of fields) {
    const texts = scalarsOf(opened.get(field)).map(textOf);
    if (texts.length === 0) found.add('missing');
    if (texts.length > 1) found.add('multi-valued');
    if (tested.has(field) && texts.some((text) => text.includes(':') && inNetwork(text, '::/0'))) found.add('ipv6');
  }
  for (const [, value] of opened.values()) {
    const text = textOf(value);
    if (/[\n\r\u0085\u2028\u2029\v\f]/.test(text)) found.add('line-break');
    if ([...text].some(isFoldedForeign)) found.add('non-ascii-folding');
  }
  return found;
}

function addressFields(where: Predicate): string[] {
  return [...atomsOf(where)].flatMap((atom) =>
    atom.kind === 'cidr' && typeof atom.field === 'string' ? [atom.field] : [],
  );
}

/** A letter beyond ASCII that has another case. */
function isFoldedForeign(character: string): boolean {
  const code = character.codePointAt(0)!;
  return code >= 0x80 && foldClass(code).length > 1;
}
