import { atomFeatures } from '../../ir/features.ts';
import { literal } from '../../ir/pattern.ts';
import type { Any, Atom, Predicate } from '../../ir/predicate.ts';
import type { Loss } from '../dialect.ts';
import { isNumeric, placeOf } from './column-types.ts';
import { emptinessIn } from './emptiness.ts';
import { isWritten, printTest, textOf, valueOf } from './print-test.ts';
import type { Setting, Test } from './print-test.ts';
import { foldsBeyondAscii, hasLetters, string } from './text.ts';

export type { Setting } from './print-test.ts';

/** A condition and what binds it together. */
interface Condition {
  readonly text: string;
  readonly kind: 'or' | 'and' | 'test';
}

/**
 * Writes a predicate as the condition of `where`. `and` binds tighter than `or`, yet groups within other groups always
 * have parentheses. A test that may be null, as comparisons of numbers are where there is none, is made false under a
 * `not`: `not(coalesce(x > 5, false))`.
 */
export function printCondition(where: Predicate, setting: Setting): string {
  return write(where, false, setting).text;
}

function write(node: Predicate, negated: boolean, setting: Setting): Condition {
  switch (node.kind) {
    case 'all':
      return joined(
        'and',
        node.of.map((one) => write(one, negated, setting)),
      );
    case 'any':
      return joined('or', alternatives(node, negated, setting));
    case 'not':
      return negation(node.of, negated, setting);
    default:
      return asked(node, negated, setting);
  }
}

function joined(kind: 'and' | 'or', parts: readonly Condition[]): Condition {
  if (parts.length === 0) return { kind: 'test', text: kind === 'and' ? 'true' : 'false' };
  if (parts.length === 1) return parts[0]!;
  const texts = parts.map((one) => (one.kind === 'test' ? one.text : `(${one.text})`));
  return { kind, text: inRuns(texts, kind).join(` ${kind} `) };
}

/**
 * A chain of `or` is as deep as it is long to Kusto, whose parser gives up at some hundreds (KS245): a long one is
 * written in runs, each in parentheses.
 */
function inRuns(texts: readonly string[], kind: 'and' | 'or'): readonly string[] {
  if (texts.length <= LONGEST_RUN) return texts;
  const runs = Array.from({ length: Math.ceil(texts.length / LONGEST_RUN) }, (_, index) =>
    texts.slice(index * LONGEST_RUN, (index + 1) * LONGEST_RUN),
  );
  return inRuns(
    runs.map((run) => (run.length === 1 ? run[0]! : `(${run.join(` ${kind} `)})`)),
    kind,
  );
}

const LONGEST_RUN = 100;

function asked(atom: Atom, negated: boolean, setting: Setting): Condition {
  const test = tested(atom, negated, setting);
  const kind = test.joined ? 'and' : 'test';
  return { kind, text: negated && test.nullable ? `coalesce(${test.text}, false)` : test.text };
}

/** A test in words; one that can't be said is noted as refused, and what stands for it is never shown. */
function tested(atom: Atom, negated: boolean, setting: Setting): Test {
  const test = printTest(atom, negated, setting);
  if (!('refused' in test)) return test;
  const [feature] = atomFeatures(atom);
  const loss: Loss = { feature: feature!, effect: 'refused', why: test.refused, origin: atom.origin };
  setting.losses.push(loss);
  return { text: 'false' };
}

function negation(of: Predicate, negated: boolean, setting: Setting): Condition {
  if (of.kind === 'any') {
    const parts = alternatives(of, !negated, setting);
    const [only] = parts;
    if (parts.length === 1 && only?.otherwise !== undefined) return { kind: 'test', text: only.otherwise };
    if (parts.length === 1 && only?.list !== undefined)
      return { kind: 'test', text: only.text.replace(` ${only.list} (`, ` !${only.list} (`) };
    return { kind: 'test', text: `not(${joined('or', parts).text})` };
  }
  if (of.kind !== 'all' && of.kind !== 'not') {
    const test = tested(of, !negated, setting);
    if (test.otherwise !== undefined) return { kind: 'test', text: test.otherwise };
    return { kind: 'test', text: `not(${test.nullable ? `coalesce(${test.text}, false)` : test.text})` };
  }
  return { kind: 'test', text: `not(${write(of, !negated, setting).text})` };
}

/** A part of an `or`; `list`: it is a list, written with this operator. */
interface Alternative extends Condition {
  readonly list?: 'in' | 'in~';
  /** Its negation, where there is a word for it. */
  readonly otherwise?: string;
}

/** The parts of an `or`; several whole values of one column are one list, where the first of them stands. */
function alternatives(node: Any, negated: boolean, setting: Setting): Alternative[] {
  const { fields, rest } = emptinessIn(node);
  const groups = new Map<string, { readonly entries: Entry[]; readonly first: Predicate }>();
  for (const [index, one] of rest.entries()) {
    const entry = entryOf(one, setting);
    const key = entry ? `${entry.family} ${entry.left}` : String(index);
    const group = groups.get(key);
    if (group && entry) group.entries.push(entry);
    else groups.set(key, { entries: entry ? [entry] : [], first: one });
  }
  const others = [...groups.values()].map(({ entries, first }) =>
    entries.length > 1 ? listed(entries, setting) : write(first, negated, setting),
  );
  return [...fields.map((field) => emptiness(field, setting)), ...others];
}

function emptiness(field: string, { table, profile }: Setting): Alternative {
  const name = textOf(placeOf(field, table, profile));
  return { kind: 'test', text: `isempty(${name})`, otherwise: `isnotempty(${name})` };
}

function listed(entries: readonly Entry[], { noted }: Setting): Alternative {
  const [{ family, left }] = entries as readonly [Entry, ...Entry[]];
  const folded = family === 'uncased' && entries.some(({ text }) => hasLetters(text));
  if (folded && entries.some(({ text }) => foldsBeyondAscii(text))) noted.add('folding');
  const values = entries.map(({ text }) => (family === 'number' ? text : string(text)));
  const list = folded ? 'in~' : 'in';
  return { kind: 'test', text: `${left} ${list} (${values.join(', ')})`, list };
}

/** A whole value that a column may have: a number, or a text whose case counts or does not. */
interface Entry {
  readonly left: string;
  readonly family: 'number' | 'cased' | 'uncased';
  readonly text: string;
}

/** A test of a whole value as a member of a list. The empty text stays a test of its own. */
function entryOf(node: Predicate, { table, profile }: Setting): Entry | undefined {
  if (node.kind !== 'like' && node.kind !== 'equal') return undefined;
  const text = node.kind === 'equal' ? String(node.value) : literal(node.pattern);
  if (typeof node.field !== 'string' || text === undefined || text === '') return undefined;
  const place = placeOf(node.field, table, profile);
  if (place.type === 'bool') return undefined;
  if (isNumeric(place.type)) return isWritten(text) ? { left: valueOf(place), family: 'number', text } : undefined;
  return { left: textOf(place), family: node.kind === 'like' && node.cased ? 'cased' : 'uncased', text };
}
