import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import { fold } from '../../ir/fold.ts';
import { isAnything, literal, many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { any, never } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { ValueAtom } from '../map-fields.ts';
import type { Note } from '../rewrite.ts';

/**
 * Carries a test of a list such as `MD5=..,IMPHASH=..` over to a schema that keeps each entry in a field of its own.
 * What rules ask of such lists, that they contain `KEY=value` or a value, is exact; tests that depend on the order
 * of entries or on several of them are not.
 */
export function mapList(atom: ValueAtom, fields: Readonly<Record<string, string>>, note: Note): Predicate {
  const entries = Object.entries(fields);
  const name = entries.map(([key]) => key).join(', ');
  const lost = (why: string): Predicate => {
    note(name, 'narrower', why);
    return never;
  };
  if (atom.kind === 'exists')
    return any(entries.map(([, field]): Predicate => ({ kind: 'like', field, pattern: [many], cased: false })));
  if (atom.kind !== 'like')
    return lost(`the list is stored apart, so a ${atom.kind} test of it has nothing to look at`);
  const pattern = normal(atom.pattern);
  const like = (field: string, wanted: Pattern): Predicate => ({ ...atom, field, pattern: normal(wanted) });
  if (isAnything(pattern)) return any(entries.map(([, field]) => like(field, pattern)));

  const opens = isAnything(pattern.slice(0, 1));
  const closes = isAnything(pattern.slice(-1));
  const text = literal(pattern.slice(opens ? 1 : 0, closes ? -1 : undefined));
  if (text === undefined)
    return lost('the list is stored apart, so a pattern with holes inside has nothing to look at');
  const [, before, key, value, after] = /^(,?)([^,=]+)=([^,=]*)(,?)$/.exec(text) ?? [];
  if (key !== undefined) {
    const entry = entries.find(([known]) => fold(known) === fold(key));
    if (!entry) return lost(`there is no field for ${key}`);
    if (!opens || !closes || before !== '' || after !== '')
      note(name, 'wider', 'the list is stored apart, so the place of an entry in it is not known');
    return like(entry[1], closes && after === '' ? [value!, many] : [value!]);
  }
  if (!opens || !closes || /[,=]/.test(text))
    return lost('the list is stored apart, so its text as a whole is not known');
  return any(
    entries.flatMap(([known, field]) => {
      const inKey = evaluate({ ...atom, field: 'key' }, eventOf({ key: known }));
      return [like(field, pattern), ...(inKey ? [like(field, [many])] : [])];
    }),
  );
}
