import type { Order } from '../../../ir/predicate.ts';
import type { BranchCondition } from '../../../ir/query.ts';
import type { Span } from '../../../text/source.ts';
import type { Condition } from '../detection/condition.ts';
import { readCondition } from '../detection/condition.ts';
import { choose } from '../detection/meaning.ts';
import { didYouMean } from '../nearest.ts';
import type { Report } from '../report.ts';
import { elementsOf, valueAt } from '../yaml/map.ts';
import type { MapNode, Node, ScalarNode } from '../yaml/tree.ts';

/** A comparison of a correlation's figure: `gte: 10`. */
export interface Limit {
  readonly order: Order | '!=';
  readonly value: number;
  readonly span: Span;
}

/** A condition over a figure; two limits are a range. */
export interface FigureCondition {
  readonly limits: readonly Limit[];
  readonly fields: readonly string[];
  readonly percent: number | null;
  readonly node: MapNode;
}

const orders: Readonly<Record<string, Order | '!='>> = {
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  eq: '=',
  neq: '!=',
};

/** Reads `condition: { gte: 10, field: User }`. */
export function readFigureCondition(node: MapNode, report: Report): FigureCondition {
  const keys = [...Object.keys(orders), 'field', 'percentile'];
  const limits = node.entries.flatMap(({ key, value }): Limit[] => {
    const order = Object.hasOwn(orders, key.text) ? orders[key.text] : undefined;
    if (order !== undefined) return [{ order, value: numberOf(value, key, report), span: key.span }];
    if (key.text === 'field' || key.text === 'percentile') return [];
    const hint = didYouMean(key.text, keys);
    return report.refuse('sigma/correlation', `'${key.text}' is no part of a condition`, key.span, hint);
  });
  if (limits.length === 0)
    report.refuse(
      'sigma/correlation',
      'the condition compares nothing',
      node.span,
      `write one of ${Object.keys(orders).join(', ')}`,
    );
  const field = valueAt(node, 'field');
  const percentile = node.entries.find(({ key }) => key.text === 'percentile');
  const percent = percentile ? numberOf(percentile.value, percentile.key, report) : null;
  if (percent !== null && (percent < 0 || percent > 100))
    report.refuse('sigma/correlation', "'percentile' is a number from 0 to 100", percentile!.value.span);
  return { limits, fields: field ? namesIn(field, 'field', report) : [], percent, node };
}

function numberOf(node: Node, key: ScalarNode, report: Report): number {
  const text = node.kind === 'scalar' ? node.text.trim() : '';
  if (/^-?\d{1,15}(?:\.\d+)?$/.test(text)) return Number(text);
  return report.refuse('sigma/correlation', `'${key.text}' is a number`, node.span);
}

/** The texts of a list of names, or of one. */
export function namesIn(node: Node, what: string, report: Report): string[] {
  return elementsOf(node).map((each) => {
    if (each.kind === 'scalar' && each.text.trim() !== '') return each.text.trim();
    return report.refuse('sigma/correlation', `'${what}' is a list of names`, each.span);
  });
}

/** Combinations of rules that a count of them may be written out to. */
const MOST_CHOICES = 200;

/** The condition that as many different rules have been met as the limits allow. */
export function countedBranches(limits: readonly Limit[], names: readonly string[], report: Report): BranchCondition {
  return both(
    limits.map(({ order, value, span }) => {
      if (!Number.isInteger(value)) report.refuse('sigma/correlation', 'rules are counted in whole numbers', span);
      const least = (count: number) => atLeast(count, names, span, report);
      switch (order) {
        case '>=':
          return least(value);
        case '>':
          return least(value + 1);
        case '<':
          return absent(least(value));
        case '<=':
          return absent(least(value + 1));
        case '=':
          return both([least(value), absent(least(value + 1))]);
        case '!=':
          return { kind: 'either', of: [absent(least(value)), least(value + 1)] };
      }
    }),
  );
}

function atLeast(count: number, names: readonly string[], span: Span, report: Report): BranchCondition {
  const ways = count > names.length ? [] : choose(names, Math.max(0, count), MOST_CHOICES);
  if (!ways)
    return report.refuse('sigma/correlation', `this counts more than ${MOST_CHOICES} combinations of rules`, span);
  return either(ways.map((way) => both(way.map((name) => ({ kind: 'branch', name })))));
}

function both(of: readonly BranchCondition[]): BranchCondition {
  return of.length === 1 ? of[0]! : { kind: 'both', of };
}

function either(of: readonly BranchCondition[]): BranchCondition {
  return of.length === 1 ? of[0]! : { kind: 'either', of };
}

function absent(of: BranchCondition): BranchCondition {
  return { kind: 'absent', of };
}

/** A condition over the names of rules, as pySigma has it: `rule_a and not rule_b`. */
export interface ExtendedCondition {
  readonly of: BranchCondition;
  /** The names in it, in order, each once, with the first place. */
  readonly names: ReadonlyMap<string, Span>;
}

/** Reads an extended condition. `known` are the rules listed beside it; empty: the condition is the list. */
export function readExtendedCondition(node: ScalarNode, known: readonly string[], report: Report): ExtendedCondition {
  const { search, aggregation } = readCondition(node, report);
  if (aggregation) report.refuse('sigma/correlation', 'a correlation has no aggregation', aggregation.span);
  const names = new Map<string, Span>();
  const read = (condition: Condition): BranchCondition => {
    switch (condition.kind) {
      case 'name': {
        const { name, span } = condition;
        if (known.length > 0 && !known.includes(name))
          report.refuse('sigma/unknown-rule', `'rules' does not list '${name}'`, span, didYouMean(name, known));
        if (!names.has(name)) names.set(name, span);
        return { kind: 'branch', name };
      }
      case 'not':
        return absent(read(condition.of));
      case 'and':
        return both(condition.of.map(read));
      case 'or':
        return either(condition.of.map(read));
      case 'some': {
        const { least, pattern, span } = condition;
        if (pattern !== 'them' || known.length === 0)
          return report.refuse('sigma/correlation', "only 'of them' can be counted, over the rules listed", span);
        for (const name of known) if (!names.has(name)) names.set(name, span);
        return atLeast(least === 'all' ? known.length : least, known, span, report);
      }
    }
  };
  return { of: read(search), names };
}
