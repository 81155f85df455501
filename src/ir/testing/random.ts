import * as fc from 'fast-check';
import { all, any, not } from '../predicate.ts';
import type { Atom, Kind, OfKind, Predicate, TimePart } from '../predicate.ts';
import { many, normal, one } from '../pattern.ts';
import type { Pattern, Piece } from '../pattern.ts';
import { hostileFields, hostileTexts, oddCharacters, plainFields } from './hostile.ts';
import { parseRegex } from '../regex/parse.ts';
import type { Regex } from '../regex/tree.ts';

/**
 * Random predicates, as fast-check arbitraries (so a failure prints its seed and shrinks).
 *
 * A weak generator once passed 20,000 cases over a printer that wrote a field named `OR` bare, so what is drawn is
 * drawn on purpose, and `random.test.ts` checks the shares:
 *
 * - Fields: 8 in 10 out of plain names (few, so that tests of one predicate meet in one field), 2 in 10 out of
 *   `hostileFields`: dots, blanks, dashes, quotes, reserved words, a leading digit, brackets, a star,
 *   `__proto__`.
 * - Texts: half out of `hostileTexts` (backslashes in front, inside and last; quotes; `* ? % _` as themselves; blanks;
 *   dashes; colons; brackets; reserved words; leading `<` and `>`; line breaks; numbers, networks, dates, wildcards and
 *   regular expressions as text; letters whose case is odd), half joined of 1 to 6 characters of `odd`.
 * - Patterns: 0 to 4 pieces, a third of them holes; the empty text, the lone `many` and the lone literal included.
 * - Atoms: every kind alike often, `like` four times as often; `cased` 3 in 10.
 * - Connectives: up to 4 levels of `all`, `any`, `not`, up to 4 parts, constants (no parts) included.
 */
export function predicates(of: fc.Arbitrary<Atom> = atoms()): fc.Arbitrary<Predicate> {
  return fc.letrec<{ node: Predicate }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { arbitrary: of, weight: 20 },
      { arbitrary: fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map(all), weight: 15 },
      { arbitrary: fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map(any), weight: 15 },
      { arbitrary: tie('node').map(not), weight: 10 },
      { arbitrary: fc.constantFrom(all([]), any([])), weight: 1 },
    ),
  })).node;
}

/** Random atoms of the given kinds, or of all. */
export function atoms(kinds: readonly Kind[] = Object.keys(byKind) as (keyof typeof byKind)[]): fc.Arbitrary<Atom> {
  const wanted = kinds.flatMap((kind) => (kind in byKind ? [kind as keyof typeof byKind] : []));
  return fc.oneof(
    ...wanted.map((kind) => ({ arbitrary: byKind[kind]() as fc.Arbitrary<Atom>, weight: kind === 'like' ? 4 : 1 })),
  );
}

/** Names of fields: mostly plain, one in five hostile. */
export function fieldNames(): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: fc.constantFrom(...plainFields), weight: 8 },
    { arbitrary: fc.constantFrom(...hostileFields), weight: 2 },
  );
}

/** Texts that are easily written or read wrong. Never empty. */
export function texts(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(...hostileTexts),
    fc.array(fc.constantFrom(...oddCharacters), { minLength: 1, maxLength: 6 }).map((letters) => letters.join('')),
  );
}

/** Patterns in their normal form. */
export function patterns(): fc.Arbitrary<Pattern> {
  const piece = fc.oneof(
    { arbitrary: texts() as fc.Arbitrary<Piece>, weight: 4 },
    { arbitrary: fc.constantFrom<Piece>(many, many, one), weight: 2 },
  );
  const around = (text: string): fc.Arbitrary<Pattern> =>
    fc.constantFrom<Pattern>([text], [many, text, many], [text, many], [many, text]);
  return fc
    .oneof(
      { arbitrary: texts().chain(around), weight: 6 },
      { arbitrary: fc.array(piece, { maxLength: 4 }) as fc.Arbitrary<Pattern>, weight: 4 },
      { arbitrary: fc.constantFrom<Pattern>([many], []), weight: 1 },
    )
    .map(normal);
}

/**
 * Regular expressions that can be matched in linear time: literals (escaped as need be), classes, dots, groups,
 * alternatives, repetitions, anchors at the ends, and each of the three flags now and then.
 */
export function regexes(): fc.Arbitrary<Regex> {
  const literalText = texts().map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('\n', '\\n'));
  const { unit } = fc.letrec<{ unit: string }>((tie) => ({
    unit: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { arbitrary: literalText, weight: 5 },
      {
        arbitrary: fc.constantFrom('.', '\\d', '\\w+', '\\s', '[a-cK]', '[^x"]', '[\\\\/]', '\\.', '"', '\\x41'),
        weight: 3,
      },
      {
        arbitrary: fc.array(tie('unit'), { minLength: 1, maxLength: 3 }).map((of) => `(?:${of.join('|')})`),
        weight: 1,
      },
      { arbitrary: fc.tuple(tie('unit'), tie('unit')).map(([a, b]) => a + b), weight: 2 },
      {
        arbitrary: fc
          .tuple(tie('unit'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '*?'))
          .map(([of, times]) => `(?:${of})${times}`),
        weight: 1,
      },
    ),
  }));
  const flag = fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0);
  return fc
    .record({
      start: fc.constantFrom('', '', '^'),
      unit,
      end: fc.constantFrom('', '', '$'),
      flags: fc.record({ ignoreCase: flag, multiline: flag, dotAll: flag }),
    })
    .map(({ start, unit, end, flags }) => regexOf(`${start}${unit}${end}`, flags));
}

/** Reads an expression that is known to be one. */
export function regexOf(source: string, flags: Partial<Regex['flags']> = {}): Regex {
  const read = parseRegex(source, { ignoreCase: false, multiline: false, dotAll: false, ...flags });
  if ('fault' in read) throw new Error(`no regular expression: ${source}: ${read.fault.message}`);
  return read.regex;
}

export const networks = ['10.0.0.0/8', '192.168.1.0/24', '127.0.0.1/32', '0.0.0.0/0', 'fe80::/10', 'fc00::/7'] as const;

const parts: readonly TimePart[] = ['minute', 'hour', 'day', 'week', 'month', 'year'];
const orders = fc.constantFrom('<', '<=', '>', '>=', '=' as const);
const numbers = fc.oneof(fc.integer({ min: -5, max: 20 }), fc.constantFrom(4624, 0.5, -1.25, 4294967296, 1e21));
const cased = fc.integer({ min: 0, max: 9 }).map((drawn) => drawn < 3);

const byKind: { readonly [K in Exclude<Kind, 'all' | 'any' | 'not'>]: () => fc.Arbitrary<OfKind<K>> } = {
  like: () => fc.record({ kind: fc.constant('like'), field: fieldNames(), pattern: patterns(), cased }),
  term: () =>
    fc.record({
      kind: fc.constant('term'),
      field: fieldNames(),
      term: texts(),
      edge: fc.constantFrom('whole', 'prefix', 'suffix'),
      tokenizer: fc.constantFrom('kusto', 'standard', 'splunk'),
      cased,
    }),
  regex: () => fc.record({ kind: fc.constant('regex'), field: fieldNames(), regex: regexes() }),
  equal: () => fc.record({ kind: fc.constant('equal'), field: fieldNames(), value: fc.oneof(numbers, fc.boolean()) }),
  compare: () =>
    fc.oneof(
      fc.record({
        kind: fc.constant('compare'),
        field: fieldNames(),
        part: fc.constant('number'),
        order: orders,
        value: numbers,
      }),
      fc.record({
        kind: fc.constant('compare'),
        field: fieldNames(),
        part: fc.constantFrom(...parts),
        order: orders,
        value: fc.constantFrom(0, 1, 5, 10, 11, 18, 23, 31, 53, 59, 2024),
      }),
    ),
  cidr: () => fc.record({ kind: fc.constant('cidr'), field: fieldNames(), network: fc.constantFrom(...networks) }),
  exists: () => fc.record({ kind: fc.constant('exists'), field: fieldNames() }),
  sameAs: () =>
    fc.record({
      kind: fc.constant('sameAs'),
      field: fieldNames(),
      other: fieldNames(),
      relation: fc.constantFrom('whole', 'contains', 'startswith', 'endswith'),
      cased,
    }),
  keyword: () =>
    fc.record({
      kind: fc.constant('keyword'),
      test: fc.oneof(
        fc.record({ kind: fc.constant('like'), pattern: patterns(), cased }),
        fc.record({ kind: fc.constant('regex'), regex: regexes() }),
      ),
    }),
};
