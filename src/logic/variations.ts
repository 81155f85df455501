import { evaluate } from '../ir/evaluate.ts';
import { eventOf, scalarsOf, textOf } from '../ir/event.ts';
import type { Raw, Value } from '../ir/event.ts';
import { all, fieldsOf, not } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { satisfy } from './relate.ts';

/** An event with one field changed, the change in words, and whether the predicate holds of it. */
export interface Variation {
  readonly event: Raw;
  readonly field: string;
  readonly change: string;
  readonly matches: boolean;
}

/** A new value, undefined for none, and what it is. */
type Change = readonly [change: string, value: Value | undefined];

/**
 * Changes one field at a time to values that languages and engines are known to disagree on: missing, null, empty, an
 * array, a number in place of its text, another case, the Kelvin sign for a k, a line break, quotes, a trailing
 * backslash, the characters `*`, `?`, `%` and `_` as themselves.
 */
export function awkward(predicate: Predicate, event: Raw): Variation[] {
  return fieldsIn(predicate, event).flatMap((field) =>
    oddities(event[field]).map((change) => variation(predicate, event, field, change)),
  );
}

/**
 * For each field the smallest change of a matching event that stops the match: one character out, in or replaced,
 * another case; where none of those does it, whatever value does while all other fields stay as they are. `seed` turns
 * the place in the value at which a change is tried first.
 */
export function nearMisses(predicate: Predicate, event: Raw, seed = 0): Variation[] {
  return fieldsIn(predicate, event).flatMap((field) => {
    for (const change of edits(event[field], seed)) {
      const tried = variation(predicate, event, field, change);
      if (!tried.matches) return [tried];
    }
    return solved(predicate, event, field);
  });
}

function fieldsIn(predicate: Predicate, event: Raw): string[] {
  return [...new Set([...fieldsOf(predicate), ...Object.keys(event)])];
}

function variation(predicate: Predicate, event: Raw, field: string, [change, value]: Change): Variation {
  const { [field]: _, ...others } = event;
  const changed: Raw = value === undefined ? others : { ...event, [field]: value };
  return { event: changed, field, change, matches: evaluate(predicate, eventOf(changed)) };
}

function oddities(value: Value | undefined): Change[] {
  const texts = scalarsOf(value).map(textOf);
  const [text = 'x'] = texts;
  const odd: Change[] = [
    ['missing', undefined],
    ['null', null],
    ['empty text', ''],
    ['empty array', []],
    ['array of two', [text, 'x']],
    ['array with null', [null, text]],
    ['object', { inner: text }],
    ['upper case', text.toUpperCase()],
    ['lower case', text.toLowerCase()],
    ['line break before', `\n${text}`],
    ['line break after', `${text}\n`],
    ['line break inside', inserted(text, text.length >> 1, '\n')],
    ['blank before', ` ${text}`],
    ['blank after', `${text} `],
    ['double quote', inserted(text, text.length >> 1, '"')],
    ['single quote', inserted(text, text.length >> 1, "'")],
    ['trailing backslash', `${text}\\`],
    ['leading backslash', `\\${text}`],
    ...['*', '?', '%', '_'].map((each): Change => [`literal ${each}`, `${text}${each}`]),
    ...['*', '?', '%', '_'].map((each): Change => [`only ${each}`, each]),
    ['letter beyond ASCII', `${text}é`],
    ['emoji', `${text}😀`],
  ];
  if (/k/i.test(text)) odd.push(['Kelvin sign for k', text.replace(/k/i, '\u212a')]);
  if (/s/i.test(text)) odd.push(['long s for s', text.replace(/s/i, '\u017f')]);
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(text))
    odd.push(['number', Number(text)], ['leading zero', text.replace(/^-?/, '$&0')]);
  const unchanged = JSON.stringify(value);
  return odd.filter(([, each]) => JSON.stringify(each) !== unchanged);
}

/** Changes of one character, beginning at a place that `seed` picks, then of case. */
function* edits(value: Value | undefined, seed: number): Generator<Change> {
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const characters = [...textOf(value)];
  const places = characters.slice(0, MOST_PLACES).map((_, at, { length }) => (at + seed) % length);
  const spliced = (at: number, count: number, ...more: readonly string[]) =>
    characters.toSpliced(at, count, ...more).join('');
  for (const at of places) yield [`without character ${at + 1}`, spliced(at, 1)];
  for (const at of [...places, characters.length]) yield [`with one more character at ${at + 1}`, spliced(at, 0, 'x')];
  for (const at of places) {
    const [one, other] = ['x', 'y'];
    yield [`character ${at + 1} replaced`, spliced(at, 1, characters[at] === one ? other : one)];
  }
  for (const at of places) {
    const swapped = swapCase(characters[at]!);
    if (swapped !== characters[at]) yield [`character ${at + 1} in another case`, spliced(at, 1, swapped)];
  }
}

/** Places in a value that are tried: a long value need not be tried at all of them. */
const MOST_PLACES = 400;

function swapCase(character: string): string {
  const upper = character.toUpperCase();
  return upper === character ? character.toLowerCase() : upper;
}

function inserted(text: string, at: number, more: string): string {
  return text.slice(0, at) + more + text.slice(at);
}

/** Asks for a value of the field with which the predicate no longer holds, all other fields as they are. */
function solved(predicate: Predicate, event: Raw, field: string): Variation[] {
  const others = fieldsIn(predicate, event)
    .filter((each) => each !== field)
    .map((each) => as(each, event[each]));
  const found = satisfy(all([not(predicate), ...others]));
  if (found.kind !== 'event') return [];
  const value = found.event[field];
  const change: Change = value === undefined ? ['missing', undefined] : ['another value', value];
  const tried = variation(predicate, event, field, change);
  return tried.matches ? [] : [tried];
}

/** The predicate that a field has the value that it has. */
function as(field: string, value: Value | undefined): Predicate {
  const exists: Predicate = { kind: 'exists', field };
  const texts = scalarsOf(value).map(textOf);
  if (value === undefined) return not(exists);
  if (texts.length === 0) return all([exists, not({ kind: 'like', field, pattern: [{ wild: 'many' }], cased: false })]);
  return all(texts.map((text) => ({ kind: 'like', field, pattern: [text], cased: true })));
}
