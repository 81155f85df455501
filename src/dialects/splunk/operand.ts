/** What a name stands for after `eval` and `rex` have run, and what a test of it asks of the event as it was. */
import { eventOf } from '../../ir/event.ts';
import { evaluate } from '../../ir/evaluate.ts';
import { anything, isAnything } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { all, always, any, never, not } from '../../ir/predicate.ts';
import type { Field, Order, Predicate, TimePart } from '../../ir/predicate.ts';
import type { Regex } from '../../ir/regex/tree.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Span } from '../../text/source.ts';
import type { Reader } from './reader.ts';

/**
 * A value computed from an event. `folded`: the field in lower or upper case. `figure`: the field as a number, or a part
 * of the date in it. `captured`: what `rex` extracted, there if the expression was found. `chosen`: the value of the
 * first case that holds.
 */
export type Operand =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'folded'; readonly field: Field; readonly to: 'lower' | 'upper' }
  | { readonly kind: 'figure'; readonly field: Field; readonly part: 'number' | TimePart }
  | { readonly kind: 'captured'; readonly field: Field; readonly regex: Regex }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | {
      readonly kind: 'chosen';
      readonly cases: readonly (readonly [Predicate, Operand])[];
      readonly otherwise: Operand;
    };

/** A value that is not modelled. It is no fault of the text until a later command looks at it. */
export interface Opaque {
  readonly kind: 'opaque';
  readonly diagnostic: Diagnostic;
}

/** Fields that earlier commands computed, by name. */
export type Known = ReadonlyMap<string, Operand | Opaque>;

/** What `read` gives; a fault that it finds is kept for whoever asks for the value. */
export function orOpaque(read: () => Operand): Operand | Opaque {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    return { kind: 'opaque', diagnostic: fault.diagnostic };
  }
}

/** Nodes that computed fields may unfold to within one query: each use repeats the whole computation. */
const MOST_NODES = 100_000;

/** What a name stands for: a computed field, `_raw`, or the field of that name. */
export function recall(reader: Reader, known: Known, name: string, span: Span): Operand {
  const operand = known.get(name);
  if (operand === undefined) return { kind: 'field', field: name === '_raw' ? { rendered: reader.raw } : name };
  if (operand.kind === 'opaque') throw new SyntaxFault(operand.diagnostic);
  reader.unfolded += sizeOf(operand);
  if (reader.unfolded > MOST_NODES)
    return reader.cursor.fail('splunk/size', `the computed field '${name}' unfolds to too large an expression`, span);
  return operand;
}

/** How many nodes a test of the operand comes to; the condition of a case is repeated in every later one. */
function sizeOf(operand: Operand): number {
  if (operand.kind !== 'chosen') return 1;
  const rest = operand.cases.map(
    ([when, value], index) => (operand.cases.length - index) * nodesIn(when) + sizeOf(value),
  );
  return rest.reduce((sum, each) => sum + each, sizeOf(operand.otherwise));
}

function nodesIn(node: Predicate): number {
  if (node.kind === 'not') return 1 + nodesIn(node.of);
  return node.kind === 'all' || node.kind === 'any' ? node.of.reduce((sum, part) => sum + nodesIn(part), 1) : 1;
}

/** A comparison of the `search` command, its value read. */
export type SearchTest =
  | { readonly kind: 'text'; readonly pattern: Pattern; readonly cased: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'network'; readonly network: string }
  | { readonly kind: 'order'; readonly order: Order; readonly value: number };

/** Says when a comparison of `search` holds of `operand`. */
export function testOperand(reader: Reader, operand: Operand, test: SearchTest, span: Span): Predicate {
  switch (operand.kind) {
    case 'field':
      return testField(operand.field, test);
    case 'folded':
      // `search` ignores case, so that folding first changes nothing.
      if (test.kind === 'text' && test.cased) break;
      return testField(operand.field, test);
    case 'figure':
      if (test.kind === 'order' || test.kind === 'number')
        return compare(operand, test.kind === 'order' ? test.order : '=', test.value);
      break;
    case 'captured':
      if (test.kind === 'text' && isAnything(test.pattern)) return presence(operand);
      break;
    case 'literal':
      return operand.value !== null && evaluate(testField('v', test), eventOf({ v: operand.value })) ? always : never;
    case 'chosen':
      return overCases(operand, (value) => testOperand(reader, value, test, span));
  }
  return reader.cursor.fail('splunk/eval', 'this test of a computed field is not understood', span);
}

function testField(field: Field, test: SearchTest): Predicate {
  switch (test.kind) {
    case 'text':
      return { kind: 'like', field, pattern: test.pattern, cased: test.cased };
    case 'number':
      return { kind: 'equal', field, value: test.value };
    case 'network':
      return { kind: 'cidr', field, network: test.network };
    case 'order':
      return { kind: 'compare', field, part: 'number', order: test.order, value: test.value };
  }
}

/** When the operand has a value at all. */
export function presence(operand: Operand): Predicate {
  switch (operand.kind) {
    case 'field':
    case 'folded':
      return typeof operand.field === 'string' ? present(operand.field) : always;
    case 'figure':
      return any([compare(operand, '<', 0), compare(operand, '>=', 0)]);
    case 'captured':
      return { kind: 'regex', field: operand.field, regex: operand.regex };
    case 'literal':
      return operand.value === null ? never : always;
    case 'chosen':
      return overCases(operand, presence);
  }
}

export function present(field: Field): Predicate {
  return { kind: 'like', field, pattern: anything, cased: false };
}

export function compare({ field, part }: Extract<Operand, { kind: 'figure' }>, order: Order, value: number): Predicate {
  return { kind: 'compare', field, part, order, value };
}

/** When `holds` is true of the value that a case analysis chooses. */
export function overCases(
  { cases, otherwise }: Extract<Operand, { kind: 'chosen' }>,
  holds: (value: Operand) => Predicate,
): Predicate {
  const ways: Predicate[] = [];
  const before: Predicate[] = [];
  for (const [condition, value] of cases) {
    ways.push(both([...before, condition, holds(value)]));
    before.push(negation(condition));
  }
  ways.push(both([...before, holds(otherwise)]));
  return either(ways);
}

/** `all` without the parts that are always true; `never` if one never is. */
export function both(of: readonly Predicate[]): Predicate {
  if (of.some(isNever)) return never;
  return all(of.filter((part) => !isAlways(part)));
}

/** `any` without the parts that are never true; `always` if one always is. */
export function either(of: readonly Predicate[]): Predicate {
  if (of.some(isAlways)) return always;
  return any(of.filter((part) => !isNever(part)));
}

/** `not`, but twice is none, and constants turn into each other. */
export function negation(of: Predicate): Predicate {
  if (of.kind === 'not') return of.of;
  return isAlways(of) ? never : isNever(of) ? always : not(of);
}

function isAlways(node: Predicate): boolean {
  return node.kind === 'all' && node.of.length === 0;
}

function isNever(node: Predicate): boolean {
  return node.kind === 'any' && node.of.length === 0;
}
