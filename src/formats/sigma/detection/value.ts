import { any, not } from '../../../ir/predicate.ts';
import type { Atom, Keyword, Predicate } from '../../../ir/predicate.ts';
import { anything, many, normal } from '../../../ir/pattern.ts';
import { compileRegex } from '../../../ir/regex/match.ts';
import { parseRegex } from '../../../ir/regex/parse.ts';
import type { Regex, RegexFlags } from '../../../ir/regex/tree.ts';
import { networkOf } from './network.ts';
import type { Context } from './context.ts';
import type { Key } from './key.ts';
import { readScalar } from '../yaml/scalar.ts';
import type { Scalar } from '../yaml/scalar.ts';
import { placesIn } from '../yaml/place.ts';
import { expandedTexts, patternsOf } from './texts.ts';
import type { ScalarNode } from '../yaml/tree.ts';

/**
 * Lowers one value under its key to a predicate: an atom, or `any` of atoms where the value stands for several texts.
 * Each carries `origin`.
 */
export function testOf(node: ScalarNode, key: Key, context: Context, origin: number): Predicate {
  const scalar = readScalar(node);
  const atoms =
    key.field === null ? keywords(scalar, node, key, context) : tests(key.field, scalar, node, key, context);
  const traced = atoms.map((atom): Predicate => ({ ...atom, origin }));
  return traced.length === 1 ? traced[0]! : { ...any(traced), origin };
}

function tests(field: string, scalar: Scalar, node: ScalarNode, key: Key, context: Context): Predicate[] {
  const { test } = key;
  switch (test.kind) {
    case 'text':
      return texts(field, scalar, node, key, context);
    case 'regex':
      return regexes(scalar, node, key, test.flags, context).map((regex) => ({ kind: 'regex', field, regex }));
    case 'cidr':
      return expandedTexts(textOf(scalar, node, key, context), node, context, (value) => value).map((text) => ({
        kind: 'cidr',
        field,
        network: network(text, node, key, context),
      }));
    case 'exists':
      return [exists(field, scalar, node, context)];
    case 'fieldref': {
      const other = textOf(scalar, node, key, context);
      if (other === '') context.report.refuse('sigma/value', "'fieldref' needs the name of a field", node.span);
      return [{ kind: 'sameAs', field, other, relation: test.relation, cased: key.cased }];
    }
    case 'compare':
      return [
        { kind: 'compare', field, part: test.part, order: test.order, value: number(scalar, node, key, context) },
      ];
  }
}

function texts(field: string, scalar: Scalar, node: ScalarNode, key: Key, context: Context): Predicate[] {
  const { steps, cased } = key;
  const bare = steps.length === 0 && !key.expand;
  // `null` in Sigma is "no value", which is what a test for any value denies.
  if (scalar.kind === 'null' && bare) return [not({ kind: 'like', field, pattern: anything, cased: false })];
  if ((scalar.kind === 'number' || scalar.kind === 'boolean') && bare && !cased)
    return [{ kind: 'equal', field, value: scalar.value }];
  const text = textOf(scalar, node, key, context);
  if (steps.length > 0 && text === '')
    context.report.warn('sigma/matches-anything', `an empty '${lastWord(key)}' matches every value`, node.span);
  return patternsOf(text, key, node, context).map((pattern) => ({ kind: 'like', field, pattern, cased }));
}

/** A keyword is looked for inside a value; startswith and endswith bind it to one end. */
function keywords(scalar: Scalar, node: ScalarNode, key: Key, context: Context): Atom[] {
  if (key.test.kind === 'regex')
    return regexes(scalar, node, key, key.test.flags, context).map((regex) => ({
      kind: 'keyword',
      test: { kind: 'regex', regex },
    }));
  const text = textOf(scalar, node, key, context);
  if (text === '') context.report.warn('sigma/matches-anything', 'an empty keyword matches every event', node.span);
  const bound = key.steps.some((step) => step.kind === 'wrap');
  return patternsOf(text, key, node, context).map((pattern): Keyword => {
    const inside = bound ? pattern : normal([many, ...pattern, many]);
    return { kind: 'keyword', test: { kind: 'like', pattern: inside, cased: key.cased } };
  });
}

/** The text of a value, whatever its type; null has none. */
function textOf(scalar: Scalar, node: ScalarNode, key: Key, { report }: Context): string {
  if (scalar.kind !== 'null') return node.text;
  const what = key.field === null ? 'a keyword' : `'${lastWord(key)}'`;
  return report.refuse(
    'sigma/null-value',
    `${what} needs a value, and this is null`,
    node.span,
    "'' is the empty text",
  );
}

function lastWord({ node }: Key): string {
  return node.text.slice(node.text.lastIndexOf('|') + 1);
}

function regexes(scalar: Scalar, node: ScalarNode, key: Key, flags: RegexFlags, context: Context): Regex[] {
  const text = textOf(scalar, node, key, context);
  const sources = key.expand ? expandedTexts(text, node, context, quoted) : [text];
  return sources.map((source) => regex(source, source === text, node, flags, context));
}

/** Writes a text as a regular expression that matches just it. */
function quoted(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function regex(
  source: string,
  asWritten: boolean,
  node: ScalarNode,
  flags: RegexFlags,
  { report, title }: Context,
): Regex {
  const read = parseRegex(source, flags);
  if ('fault' in read) {
    const { message, at, hint } = read.fault;
    const span = asWritten ? placesIn(report.source, node)({ start: at, end: at + 1 }) : node.span;
    return report.refuse('sigma/regex', `a regular expression of '${title}' can't be read: ${message}`, span, hint);
  }
  const matcher = compileRegex(read.regex);
  if (typeof matcher === 'function') return read.regex;
  return report.refuse(
    'sigma/regex-refused',
    `a regular expression of '${title}' can't be run: ${matcher.refused}`,
    node.span,
  );
}

function network(text: string, node: ScalarNode, key: Key, { report, unresolved }: Context): string {
  const found = networkOf(text);
  if (found !== undefined) return found;
  // A placeholder without values stays as text, which no address lies in; the rule says that it needs values.
  if (key.expand && unresolved.size > 0 && text.includes('%')) return text;
  return report.refuse(
    'sigma/cidr',
    `'${text}' is no network`,
    node.span,
    'write an address and a prefix: 10.0.0.0/8, fc00::/7',
  );
}

function exists(field: string, scalar: Scalar, node: ScalarNode, { report }: Context): Predicate {
  const wanted = scalar.kind === 'boolean' ? scalar.value : { true: true, false: false }[node.text.toLowerCase()];
  if (wanted === undefined)
    return report.refuse('sigma/value', `'exists' is true or false, not '${node.text}'`, node.span);
  return wanted ? { kind: 'exists', field } : not({ kind: 'exists', field });
}

/** What each part of a point in time can be. */
const ranges = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  week: [1, 53],
  month: [1, 12],
  year: [0, 9999],
} as const;

function number(scalar: Scalar, node: ScalarNode, key: Key, context: Context): number {
  const { report } = context;
  const text = textOf(scalar, node, key, context).trim();
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) {
    const hint = /^0x/i.test(text) ? 'write the number in decimal' : undefined;
    return report.refuse(
      'sigma/value',
      `'${lastWord(key)}' needs a decimal number, not '${node.text}'`,
      node.span,
      hint,
    );
  }
  if (key.test.kind === 'compare' && key.test.part !== 'number') {
    const [least, most] = ranges[key.test.part];
    if (value < least || value > most || !Number.isInteger(value))
      report.warn('sigma/time-range', `'${key.test.part}' is a whole number from ${least} to ${most}`, node.span);
  }
  return value;
}
