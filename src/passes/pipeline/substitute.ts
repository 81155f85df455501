import { contains, meaningOf } from '../../ir/regex/code-set.ts';
import type { Anchor, Regex, RegexNode } from '../../ir/regex/tree.ts';

/** Where a match lies, and where each of its groups does, by number and name. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly groups: ReadonlyMap<string, readonly [start: number, end: number]>;
}

/** Steps that looking through one text may take, and calls inside one another. */
const MOST_STEPS = 200_000;
const MOST_DEPTH = 1500;

/** Thrown where a search would take too long; caught by `findAll`. */
class TooHard extends Error {}

/**
 * Finds the matches of an expression from left to right, as Python's `re.sub` does: an empty one may follow right behind
 * another. Null where that would take too long: the search goes back and forth, unlike that of `ir/regex/match.ts`, since
 * it must know what each group holds.
 */
export function findAll({ tree }: Regex, text: string): readonly Found[] | null {
  const search: Search = { text, groups: new Map(), steps: 0, depth: 0 };
  const found: Found[] = [];
  try {
    for (let at = 0; at <= text.length;) {
      search.groups = new Map();
      const end = match(tree, at, search);
      if (end !== undefined) found.push({ start: at, end, groups: search.groups });
      at = end === undefined || end === at ? at + 1 : end;
    }
    return found;
  } catch (fault) {
    if (fault instanceof TooHard) return null;
    throw fault;
  }
}

interface Search {
  readonly text: string;
  groups: Map<string, readonly [number, number]>;
  steps: number;
  depth: number;
}

type Next = (at: number) => boolean;

function match(tree: RegexNode, at: number, search: Search): number | undefined {
  let end: number | undefined;
  const found = walk(tree, at, search, (place) => {
    end = place;
    return true;
  });
  return found ? end : undefined;
}

function walk(node: RegexNode, at: number, search: Search, next: Next): boolean {
  if ((search.steps += 1) > MOST_STEPS || search.depth > MOST_DEPTH) throw new TooHard();
  search.depth += 1;
  const held = step(node, at, search, next);
  search.depth -= 1;
  return held;
}

function step(node: RegexNode, at: number, search: Search, next: Next): boolean {
  const { text } = search;
  switch (node.kind) {
    case 'set': {
      const after = past(node, text, at);
      return after !== undefined && next(after);
    }
    case 'concat':
      return chain(node.of, 0, at, search, next);
    case 'either':
      return node.of.some((one) => walk(one, at, search, next));
    case 'group':
      return group(node, at, search, next);
    case 'repeat':
      return node.of.kind === 'set' ? run(node, node.of, at, search, next) : repeat(node, 0, at, search, next);
    case 'anchor':
      return holds(node.at, text, at) && next(at);
    case 'look':
      return looks(node, at, search) !== node.negative && next(at);
    case 'backref': {
      const [start, end] = search.groups.get(String(node.to)) ?? [-1, -1];
      const wanted = start < 0 ? undefined : text.slice(start, end);
      return wanted !== undefined && text.startsWith(wanted, at) && next(at + wanted.length);
    }
  }
}

type Group = Extract<RegexNode, { kind: 'group' }>;
type Repeat = Extract<RegexNode, { kind: 'repeat' }>;
type SetNode = Extract<RegexNode, { kind: 'set' }>;

function past(node: SetNode, text: string, at: number): number | undefined {
  const code = text.codePointAt(at);
  if (code === undefined || !contains(meaningOf(node), code)) return undefined;
  return at + (code > 0xffff ? 2 : 1);
}

function chain(of: readonly RegexNode[], index: number, at: number, search: Search, next: Next): boolean {
  if (index === of.length) return next(at);
  return walk(of[index]!, at, search, (after) => chain(of, index + 1, after, search, next));
}

function group({ of, capture, name, atomic }: Group, at: number, search: Search, next: Next): boolean {
  const before = search.groups;
  const keep = (end: number): boolean => {
    const kept = new Map(search.groups);
    for (const key of [capture, name]) if (key !== null) kept.set(String(key), [at, end]);
    const outer = search.groups;
    search.groups = kept;
    if (next(end)) return true;
    search.groups = outer;
    return false;
  };
  if (!atomic) return walk(of, at, search, keep) || restore(search, before);
  const end = match(of, at, search);
  return (end !== undefined && keep(end)) || restore(search, before);
}

function restore(search: Search, groups: Search['groups']): false {
  search.groups = groups;
  return false;
}

/** A repeat of one character: its ends are tried in turn, without a call for each. */
function run({ min, max, greed }: Repeat, of: SetNode, at: number, search: Search, next: Next): boolean {
  const ends = [at];
  for (let end: number | undefined = at; ends.length - 1 < (max ?? Infinity);) {
    end = past(of, search.text, end);
    if (end === undefined) break;
    if ((search.steps += 1) > MOST_STEPS) throw new TooHard();
    ends.push(end);
  }
  const usable = ends.slice(min);
  if (greed === 'possessive') return usable.length > 0 && next(usable.at(-1)!);
  return (greed === 'greedy' ? usable.toReversed() : usable).some((end) => {
    if ((search.steps += 1) > MOST_STEPS) throw new TooHard();
    return next(end);
  });
}

function repeat(node: Repeat, done: number, at: number, search: Search, next: Next): boolean {
  const again = () =>
    (node.max === null || done < node.max) &&
    walk(node.of, at, search, (after) =>
      // A round that takes nothing would go on for ever.
      after === at && done >= node.min ? false : repeat(node, done + 1, after, search, next),
    );
  if (done < node.min) return again();
  return node.greed === 'lazy' ? next(at) || again() : again() || next(at);
}

function looks({ of, ahead }: Extract<RegexNode, { kind: 'look' }>, at: number, search: Search): boolean {
  if (ahead) return match(of, at, search) !== undefined;
  for (let start = at; start >= 0; start -= 1) if (walk(of, start, search, (end) => end === at)) return true;
  return false;
}

function holds(anchor: Anchor, text: string, at: number): boolean {
  switch (anchor) {
    case 'text-start':
      return at === 0;
    case 'very-end':
      return at === text.length;
    case 'text-end':
      return at === text.length || (at === text.length - 1 && text[at] === '\n');
    case 'line-start':
      return at === 0 || text[at - 1] === '\n';
    case 'line-end':
      return at === text.length || text[at] === '\n';
    case 'word-border':
      return isWord(text[at - 1]) !== isWord(text[at]);
    case 'no-word-border':
      return isWord(text[at - 1]) === isWord(text[at]);
  }
}

function isWord(letter: string | undefined): boolean {
  return letter !== undefined && /\w/.test(letter);
}
