import { atomFeatures } from '../../ir/features.ts';
import { isAnything, literal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Atom, Compare, OfKind, Predicate, SameAs, Term } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import type { RegexNode } from '../../ir/regex/tree.ts';
import { isWordCharacter, wordCharacters } from '../../ir/term.ts';
import type { Profile } from '../../schema/profile.ts';
import { lossesOf } from '../dialect.ts';
import type { Capabilities, Loss, Printed } from '../dialect.ts';
import { networkRegex } from '../network-regex.ts';
import { assume } from './assumptions.ts';
import { hasLetters, patternRegex } from './pattern-regex.ts';
import { writeRe2 } from './re2.ts';
import { column, likePattern, string } from './text.ts';

/**
 * Writes a query as `SELECT * FROM events WHERE ...` for DuckDB.
 *
 * SQL's logic has three values: a test of NULL is neither true nor false, and so is its negation. Every test under an
 * odd number of `NOT`s is made two-valued, `COALESCE(test, FALSE)`; elsewhere NULL selects no more than FALSE does.
 */
export function printWith(capabilities: Capabilities): (query: Query, profile: Profile) => Printed {
  return (query, profile) => {
    const writing: Writing = {
      lists: new Set(profile.multiValued),
      losses: lossesOf(capabilities, query),
      names: new Map(),
      assumptions: new Set(),
    };
    if (writing.losses.some(({ effect }) => effect === 'refused')) return { kind: 'refused', losses: writing.losses };
    const where = write(query.where, false, writing);
    const losses = writing.losses.toSorted((a, b) => Number(b.effect === 'refused') - Number(a.effect === 'refused'));
    if (losses.some(({ effect }) => effect === 'refused')) return { kind: 'refused', losses };
    return {
      kind: 'text',
      text: `SELECT * FROM events WHERE ${where.text}`,
      losses,
      assumptions: [...writing.assumptions],
    };
  };
}

interface Writing {
  /** Columns that hold lists. */
  readonly lists: ReadonlySet<string>;
  readonly losses: Loss[];
  /** Columns by their names in small letters: DuckDB does not tell `Image` from `image`. */
  readonly names: Map<string, string>;
  readonly assumptions: Set<string>;
}

/** A condition and what binds it together. */
interface Condition {
  readonly text: string;
  readonly kind: 'or' | 'and' | 'not' | 'test';
}

function write(node: Predicate, negated: boolean, writing: Writing): Condition {
  switch (node.kind) {
    case 'all':
      return joined(
        'and',
        node.of.map((part) => write(part, negated, writing)),
      );
    case 'any':
      return (
        inList(node.of, negated, writing) ??
        joined(
          'or',
          node.of.map((part) => write(part, negated, writing)),
        )
      );
    case 'not':
      return negation(node.of, negated, writing);
    default:
      return writeAtom(node, negated, writing);
  }
}

function joined(kind: 'and' | 'or', parts: readonly Condition[]): Condition {
  if (parts.length === 0) return { kind: 'test', text: kind === 'and' ? 'TRUE' : 'FALSE' };
  if (parts.length === 1) return parts[0]!;
  const texts = parts.map((part) => (part.kind === 'and' || part.kind === 'or' ? `(${part.text})` : part.text));
  return { kind, text: texts.join(kind === 'and' ? ' AND ' : ' OR ') };
}

function negation(of: Predicate, negated: boolean, writing: Writing): Condition {
  const presence = of.kind === 'exists' || (of.kind === 'like' && isAnything(of.pattern));
  if (presence && typeof of.field === 'string' && !writing.lists.has(of.field))
    return { kind: 'test', text: `${named(of.field, writing)} IS NULL` };
  const inner = write(of, !negated, writing);
  const wrap = inner.kind !== 'test' || / (?:IS NOT NULL|IS NULL)$/.test(inner.text);
  return { kind: 'not', text: `NOT ${wrap ? `(${inner.text})` : inner.text}` };
}

/** Several whole texts of one column are a list: `"Image" IN ('a', 'b')`. */
function inList(parts: readonly Predicate[], negated: boolean, writing: Writing): Condition | undefined {
  const [first, ...others] = parts;
  if (!first || others.length === 0) return undefined;
  const texts = parts.flatMap((part) => {
    const pattern = part.kind === 'equal' ? [String(part.value)] : part.kind === 'like' ? part.pattern : undefined;
    const text =
      pattern && (hasLetters(pattern) && !(part.kind === 'like' && part.cased) ? undefined : literal(pattern));
    return text === undefined || !('field' in part) || !('field' in first) || part.field !== first.field ? [] : [text];
  });
  if (
    texts.length < parts.length ||
    !('field' in first) ||
    typeof first.field !== 'string' ||
    writing.lists.has(first.field)
  )
    return undefined;
  const test = `${named(first.field, writing)} IN (${texts.map(string).join(', ')})`;
  return { kind: 'test', text: negated ? `COALESCE(${test}, FALSE)` : test };
}

function named(field: string, writing: Writing): string {
  const known = writing.names.get(field.toLowerCase());
  if (known !== undefined && known !== field) writing.assumptions.add(assume.caseOfNames);
  writing.names.set(field.toLowerCase(), field);
  return column(field);
}

function writeAtom(atom: Atom, negated: boolean, writing: Writing): Condition {
  const written = test(atom, writing);
  if (typeof written !== 'string') {
    const [feature] = atomFeatures(atom);
    writing.losses.push({ feature: feature!, effect: 'refused', why: written.refused, origin: atom.origin });
    return { kind: 'test', text: 'FALSE' };
  }
  return { kind: 'test', text: negated && !written.endsWith(' IS NOT NULL') ? `COALESCE(${written}, FALSE)` : written };
}

type Test = string | { readonly refused: string };

function test(atom: Atom, writing: Writing): Test {
  if (atom.kind === 'keyword') return anyColumn(atom, writing);
  if (typeof atom.field !== 'string') return { refused: 'a table has columns, not the event as one text' };
  // DuckDB takes the character for the end of the whole text.
  if (atom.field.includes('\0') || (atom.kind === 'sameAs' && String(atom.other).includes('\0')))
    return { refused: 'a name of a column can not hold the character NUL' };
  const name = named(atom.field, writing);
  if (atom.kind === 'exists') return `${name} IS NOT NULL`;
  if (atom.kind === 'sameAs') return sameAs(atom, writing);
  if (!writing.lists.has(atom.field)) return valueTest(atom, name);
  if (atom.kind === 'like' && literal(atom.pattern) !== undefined && (atom.cased || !hasLetters(atom.pattern)))
    return `list_contains(${name}, ${string(literal(atom.pattern)!)})`;
  return someOf(name, valueTest(atom, 'v'));
}

/** A test of each element of a list. An element that is NULL passes none. */
function someOf(list: string, test: Test): Test {
  return typeof test === 'string' ? `len(list_filter(${list}, lambda v: ${test})) > 0` : test;
}

type ValueAtom = Exclude<Atom, OfKind<'keyword' | 'exists' | 'sameAs'>>;

function valueTest(atom: ValueAtom, value: string): Test {
  switch (atom.kind) {
    case 'like':
      return like(atom.pattern, atom.cased, value);
    case 'equal':
      return like([String(atom.value)], false, value);
    case 'regex':
      return matches(atom.regex.tree, value);
    case 'term':
      return `regexp_matches(${value}, ${string(termRe2(atom))})`;
    case 'cidr':
      return matches(
        {
          kind: 'concat',
          of: [{ kind: 'anchor', at: 'text-start' }, networkRegex(atom.network), { kind: 'anchor', at: 'very-end' }],
        },
        value,
      );
    case 'compare':
      return comparison(atom, value);
  }
}

function like(pattern: Pattern, cased: boolean, value: string): Test {
  if (isAnything(pattern)) return `${value} IS NOT NULL`;
  if (!cased && hasLetters(pattern)) return matches(patternRegex(pattern), value);
  const text = literal(pattern);
  return text === undefined ? `${value} LIKE ${likePattern(pattern)}` : `${value} = ${string(text)}`;
}

function matches(tree: RegexNode, value: string): Test {
  const written = writeRe2(tree);
  return 'refused' in written ? written : `regexp_matches(${value}, ${string(written.text)})`;
}

/** A whole word, as `src/ir/term.ts` divides words; the letters of other scripts count. */
function termRe2({ term, edge, tokenizer, cased }: Term): string {
  const word = wordCharacters[tokenizer];
  const letters = [...term];
  const before = edge !== 'suffix' && isWordCharacter(letters[0], tokenizer) ? `(?:^|[^${word}])` : '';
  const after = edge !== 'prefix' && isWordCharacter(letters.at(-1), tokenizer) ? `(?:[^${word}]|$)` : '';
  const text = term.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return `${!cased && hasLetters([term]) ? '(?i)' : ''}${before}${text}${after}`;
}

/** The digits of a decimal number with blanks around it; a cast alone would take `1_000`, `inf` and `nan`. */
const NUMBER =
  '^[\\s\\x0b\\pZ\\x{feff}]*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,4})?)[\\s\\x0b\\pZ\\x{feff}]*$';

function comparison({ order, value }: Compare, text: string): string {
  return `TRY_CAST(regexp_extract(${text}, ${string(NUMBER)}, 1) AS DOUBLE) ${order} ${value}`;
}

function sameAs({ field, other, relation, cased }: SameAs, writing: Writing): Test {
  if (typeof field !== 'string' || typeof other !== 'string')
    return { refused: 'a table has columns, not the event as one text' };
  if (writing.lists.has(field) || writing.lists.has(other)) return { refused: 'a list is compared with texts only' };
  return relate(named(field, writing), named(other, writing), relation, cased);
}

function relate(left: string, right: string, relation: SameAs['relation'], cased: boolean): string {
  const [a, b] = cased ? [left, right] : [`lower(${left})`, `lower(${right})`];
  switch (relation) {
    case 'whole':
      return `${a} = ${b}`;
    case 'contains':
      return `contains(${a}, ${b})`;
    case 'startswith':
      return `starts_with(${a}, ${b})`;
    case 'endswith':
      return `ends_with(${a}, ${b})`;
  }
}

/**
 * A test of every column, for which the row is turned into JSON: DuckDB's `*COLUMNS(*)` can't stand beside a NOT. Lists
 * would become texts there, so they are taken out and their elements put beside the other values.
 */
function anyColumn({ test: tested }: OfKind<'keyword'>, { lists }: Writing): Test {
  const names = [...lists];
  const without = string(JSON.stringify(Object.fromEntries(names.map((name) => [name, null]))));
  const row = names.length === 0 ? 'to_json(events)' : `json_merge_patch(to_json(events), ${without})`;
  const plain = `json_extract_string(${row}, '$.*')`;
  const parts = names.map((name) => `, COALESCE(${column(name)}, [])`);
  const values = names.length === 0 ? plain : `flatten([${plain}${parts.join('')}])`;
  const test = tested.kind === 'regex' ? matches(tested.regex.tree, 'v') : like(tested.pattern, tested.cased, 'v');
  return someOf(values, test);
}
