import { many } from '../../ir/pattern.ts';
import { all, always, any } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Regex, RegexNode } from '../../ir/regex/tree.ts';

const line = { rendered: 'json-line' } as const;

/**
 * A test of the line as a whole, as plain tests where the expression is only a way to say "this and that, anywhere":
 * sigmac writes `^(?:.*(?=.*a)(?=.*b))`, which asks for `a` and for `b`. A line has no line break in it, so `.*` is any
 * text. What is not of that kind stays one expression.
 */
export function lineTest(regex: Regex): Predicate {
  return atStart(regex.tree) ?? { kind: 'regex', field: line, regex };
}

/** The node, from the beginning of the line, which must come first in it. */
function atStart(node: RegexNode): Predicate | undefined {
  const [first, ...others] = partsOf(node);
  if (first?.kind !== 'anchor' || first.at !== 'text-start') return somewhere(node);
  return begun({ kind: 'concat', of: others });
}

function begun(node: RegexNode): Predicate | undefined {
  const parts = partsOf(node);
  const [first] = parts;
  if (first && isAnything(first)) return somewhere(node);
  if (parts.length === 1 && first?.kind === 'either') return each(first.of, begun);
  return undefined;
}

/** The node, beginning anywhere in the line; undefined where that is not the same as plain tests. */
function somewhere(node: RegexNode): Predicate | undefined {
  const parts = trimmed(partsOf(node));
  const [first] = parts;
  if (!first) return always;
  if (parts.length === 1 && first.kind === 'either') return each(first.of, somewhere);
  if (parts.length === 1 && first.kind === 'look' && first.negative) return somewhereNot(first);
  if (parts.every((part) => part.kind === 'look')) return every(parts);
  const text = literalOf(parts);
  if (text !== undefined) return { kind: 'like', field: line, pattern: [many, text, many], cased: true };
  if (parts.some(looksAround)) return undefined;
  const tree: RegexNode = { kind: 'concat', of: parts };
  const flags = { ignoreCase: false, multiline: false, dotAll: false };
  return { kind: 'regex', field: line, regex: { source: '\u0000', flags, tree } };
}

/** Conditions on what follows are those on the line, if each may begin as far behind as it likes: best is its start. */
function every(looks: readonly Extract<RegexNode, { kind: 'look' }>[]): Predicate | undefined {
  const tests = looks.map(({ of, ahead, negative }) =>
    ahead && !negative && beginsLoosely(of) ? somewhere(of) : undefined,
  );
  return tests.every((test) => test !== undefined) ? all(tests) : undefined;
}

/** There is always a place that no text follows, the end of the line. */
function somewhereNot({ of, ahead }: Extract<RegexNode, { kind: 'look' }>): Predicate | undefined {
  return ahead && !mayBeEmpty(of) ? always : undefined;
}

function each(nodes: readonly RegexNode[], read: (node: RegexNode) => Predicate | undefined): Predicate | undefined {
  const tests = nodes.map(read);
  return tests.every((test) => test !== undefined) ? any(tests) : undefined;
}

/** What stands in a row, groups that only hold it taken away. */
function partsOf(node: RegexNode): readonly RegexNode[] {
  if (node.kind === 'concat') return node.of.flatMap(partsOf);
  if (node.kind === 'group' && !node.atomic) return partsOf(node.of);
  return [node];
}

function trimmed(parts: readonly RegexNode[]): readonly RegexNode[] {
  const from = parts.findIndex((part) => !isAnything(part));
  const to = parts.findLastIndex((part) => !isAnything(part));
  return from === -1 ? [] : parts.slice(from, to + 1);
}

function isAnything(node: RegexNode): boolean {
  return node.kind === 'repeat' && node.min === 0 && node.max === null && node.greed !== 'possessive' && isDot(node.of);
}

function isDot(node: RegexNode): boolean {
  if (node.kind !== 'set') return false;
  const [first, second] = node.ranges;
  return first?.[0] === 0 && (first[1] >= 0x10ffff || (first[1] === 9 && second?.[0] === 11 && second[1] >= 0x10ffff));
}

/** Whether a node matches from anywhere once it matches from somewhere behind. */
function beginsLoosely(node: RegexNode): boolean {
  const [first, ...others] = partsOf(node);
  if (first === undefined || isAnything(first)) return true;
  return others.length === 0 && first.kind === 'either' && first.of.every(beginsLoosely);
}

function mayBeEmpty(node: RegexNode): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'concat':
      return node.of.every(mayBeEmpty);
    case 'either':
      return node.of.some(mayBeEmpty);
    case 'group':
      return mayBeEmpty(node.of);
    case 'repeat':
      return node.min === 0 || mayBeEmpty(node.of);
    case 'look':
      return node.negative || !node.ahead || mayBeEmpty(node.of);
    default:
      return true;
  }
}

function looksAround(node: RegexNode): boolean {
  switch (node.kind) {
    case 'concat':
    case 'either':
      return node.of.some(looksAround);
    case 'group':
    case 'repeat':
      return looksAround(node.of);
    default:
      return node.kind === 'look' || node.kind === 'backref';
  }
}

/** The text that sets of one code point each spell, or undefined. */
function literalOf(parts: readonly RegexNode[]): string | undefined {
  let text = '';
  for (const part of parts) {
    const [range] = part.kind === 'set' && !part.fold && part.ranges.length === 1 ? part.ranges : [];
    if (!range || range[0] !== range[1]) return undefined;
    text += String.fromCodePoint(range[0]);
  }
  return text;
}
