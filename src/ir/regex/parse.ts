import { foldClosure, setNode } from './code-set.ts';
import type { CodeSet } from './code-set.ts';
import { everything, newline, notNewline } from './classes.ts';
import { readClass } from './read-class.ts';
import { readEscape } from './read-escape.ts';
import { readFlagSetting, readGroupFlags } from './read-flags.ts';
import type { Mode, Reader } from './reader.ts';
import { RegexFault, takeCode, takeMatch, takeText } from './reader.ts';
import { readRepeat } from './read-repeat.ts';
import { MOST_STATES, statesOf } from './size.ts';
import type { Anchor, Regex, RegexFlags, RegexNode } from './tree.ts';

/** What is wrong with an expression, and at which UTF-16 offset into it. */
export interface RegexError {
  readonly message: string;
  readonly at: number;
  readonly hint?: string;
}

/** Groups within groups beyond which an expression is refused. */
const MOST_DEPTH = 200;

/**
 * Reads an expression of the PCRE2 flavour (pcre2pattern, without UCP: `\d \w \s \b` are ASCII), which Sigma rules use;
 * `\uHHHH` of Java, .NET and JavaScript is read too, and a dash beside a class inside brackets is itself.
 *
 * Left out, with a fault: recursion and subroutines, conditions, branch reset, verbs, `\K`, `\G`, `\X`, `\C`.
 * Counts go to 1000, groups nest 200 deep, and an expression may have 50,000 states with its repeats written out.
 *
 *     expression = sequence ('|' sequence)*
 *     sequence   = (atom repeat?)*
 *     atom       = group | '[' class ']' | '\' escape | '.' | '^' | '$' | character
 */
export function parseRegex(source: string, flags: RegexFlags): { regex: Regex } | { fault: RegexError } {
  const reader: Reader = {
    text: source,
    at: 0,
    depth: 0,
    quoted: false,
    captures: 0,
    names: new Set(),
    references: [],
  };
  try {
    const tree = readExpression(reader, { ...flags, extended: false, loose: false, ungreedy: false, explicit: false });
    if (reader.at < source.length)
      throw new RegexFault('this ) closes no group', reader.at, 'write \\) for the character');
    for (const { to, at } of reader.references) {
      if (typeof to === 'number' ? to < 1 || to > reader.captures : !reader.names.has(to))
        throw new RegexFault(`there is no group ${to} to refer to`, at);
    }
    if (statesOf(tree) > MOST_STATES) throw tooLarge(0);
    return { regex: { source, flags, tree } };
  } catch (fault) {
    if (!(fault instanceof RegexFault)) throw fault;
    const { message, at, hint } = fault;
    return { fault: { message, at, ...(hint !== undefined && { hint }) } };
  }
}

function tooLarge(at: number): RegexFault {
  return new RegexFault(
    `the expression is too large: with its repeats written out it has more than ${MOST_STATES} states`,
    at,
    'lower the counts of nested repeats',
  );
}

function readExpression(reader: Reader, mode: Mode): RegexNode {
  const parts: RegexNode[] = [];
  let inner = mode;
  do {
    const [sequence, after] = readSequence(reader, inner);
    if (sequence.kind === 'either') parts.push(...sequence.of);
    else parts.push(sequence);
    inner = after;
  } while (takeText(reader, '|'));
  return parts.length === 1 ? parts[0]! : { kind: 'either', of: parts };
}

/** Also returns the flags that hold at its end: `(?i)` lasts until the group ends, in later alternatives too. */
function readSequence(reader: Reader, mode: Mode): [RegexNode, Mode] {
  const parts: RegexNode[] = [];
  let inner = mode;
  for (;;) {
    skipNothing(reader, inner);
    if (reader.at >= reader.text.length) break;
    if (!reader.quoted) {
      if (/[|)]/.test(reader.text[reader.at]!)) break;
      const changed = readFlagSetting(reader, inner);
      if (changed) {
        inner = changed;
        continue;
      }
    }
    const start = reader.at;
    const atom = readAtom(reader, inner);
    skipNothing(reader, inner);
    if (atom.kind === 'anchor' && reader.text[start] !== '(' && /[*+?]/.test(reader.text[reader.at] ?? ''))
      throw new RegexFault('an anchor can not be repeated', reader.at);
    const node = reader.quoted ? atom : readRepeat(reader, inner, atom);
    if (node.kind === 'repeat' && statesOf(node) > MOST_STATES) throw tooLarge(start);
    // A group that neither captures nor holds its choice means what it holds.
    if (node.kind === 'concat') parts.push(...node.of);
    else parts.push(node);
  }
  return [parts.length === 1 ? parts[0]! : { kind: 'concat', of: parts }, inner];
}

/** Passes over what stands for nothing: `\Q` and `\E` themselves, comments, and under `x` blanks. */
function skipNothing(reader: Reader, mode: Mode): void {
  for (;;) {
    const before = reader.at;
    if (takeText(reader, '\\E')) reader.quoted = false;
    else if (reader.quoted) return;
    else if (takeText(reader, '\\Q')) reader.quoted = true;
    else if (takeText(reader, '(?#')) {
      if (!takeMatch(reader, /[^)]*\)/y)) throw new RegexFault('the comment is not closed', before, 'end it with )');
    } else if (!mode.extended || !takeMatch(reader, /[\t-\r ]+|#[^\n]*/y)) return;
  }
}

function readAtom(reader: Reader, mode: Mode): RegexNode {
  const start = reader.at;
  if (reader.quoted) return literal(takeCode(reader), mode);
  if (takeText(reader, '(')) return readGroup(reader, mode, start);
  if (takeMatch(reader, /\[:[a-z^]*:\]/y))
    throw new RegexFault('a class such as [:alpha:] stands inside brackets', start, 'write [[:alpha:]]');
  if (takeText(reader, '[')) return setNode(readClass(reader, mode));
  if (takeText(reader, '\\')) return readEscaped(reader, mode);
  if (takeText(reader, '.')) return setNode(mode.dotAll ? everything : notNewline);
  if (takeText(reader, '^')) return { kind: 'anchor', at: mode.multiline ? 'line-start' : 'text-start' };
  if (takeText(reader, '$')) return { kind: 'anchor', at: mode.multiline ? 'line-end' : 'text-end' };
  if (/[*+?]/.test(reader.text[start]!)) throw nothingToRepeat(reader, start);
  return literal(takeCode(reader), mode);
}

function nothingToRepeat(reader: Reader, at: number): RegexFault {
  const sign = reader.text[at]!;
  return new RegexFault(`there is nothing for this ${sign} to repeat`, at, `write \\${sign} for the character`);
}

/** One character, and under `i` those that fold alike. */
function literal(code: number, { ignoreCase }: Mode): RegexNode {
  const known = ignoreCase ? foldedNodes : plainNodes;
  if (code >= FREQUENT) return makeLiteral(code, ignoreCase);
  return (known[code] ??= makeLiteral(code, ignoreCase));
}

function makeLiteral(code: number, ignoreCase: boolean): RegexNode {
  const set: CodeSet = [[code, code]];
  return setNode(ignoreCase ? foldClosure(set) : set);
}

/** Nodes of characters that have been read: a long list is made of the same few over and over. */
const plainNodes: RegexNode[] = [];
const foldedNodes: RegexNode[] = [];

/** Code points below this one have their nodes kept: Latin, Greek and Cyrillic. */
const FREQUENT = 0x530;

const anchors: Readonly<Record<string, Anchor>> = {
  A: 'text-start',
  Z: 'text-end',
  z: 'very-end',
  b: 'word-border',
  B: 'no-word-border',
};

function readEscaped(reader: Reader, mode: Mode): RegexNode {
  const at = reader.at - 1;
  const letter = reader.text[reader.at] ?? '';
  if (Object.hasOwn(anchors, letter)) {
    reader.at += 1;
    return { kind: 'anchor', at: anchors[letter]! };
  }
  if (takeText(reader, 'R')) return anyLineBreak;
  const reference = readReference(reader);
  if (reference !== undefined) {
    reader.references.push({ to: reference, at });
    return { kind: 'backref', to: reference, fold: mode.ignoreCase };
  }
  const octal = takeMatch(reader, /[1-7][0-7]{1,2}/y);
  if (octal) return literal(Number.parseInt(octal[0], 8), mode);
  const escape = readEscape(reader);
  return escape.kind === 'code' ? literal(escape.code, mode) : setNode(escape.set);
}

/** `\R` takes CR LF as one and never gives the LF back, so a lone CR is one that no LF follows. */
const anyLineBreak: RegexNode = {
  kind: 'either',
  of: [
    { kind: 'concat', of: [setNode([[0x0d, 0x0d]]), setNode(newline)] },
    {
      kind: 'concat',
      of: [setNode([[0x0d, 0x0d]]), { kind: 'look', of: setNode(newline), ahead: true, negative: true }],
    },
    setNode([
      [0x0a, 0x0c],
      [0x85, 0x85],
      [0x2028, 0x2029],
    ]),
  ],
};

/** `\1`, `\g{-1}`, `\k<name>`: the group referred to. `\10` refers only if ten groups came before, else it is octal. */
function readReference(reader: Reader): number | string | undefined {
  const before = reader.at;
  const numbered = takeMatch(reader, /g\{?([+-]?)(\d{1,4})\}?|([1-9]\d{0,3})/y);
  if (numbered?.[3] !== undefined) {
    const to = Number(numbered[3]);
    if (to < 10 || to <= reader.captures) return to;
    reader.at = before;
    return undefined;
  }
  if (numbered) {
    const count = Number(numbered[2]);
    if (numbered[1] === '-') return reader.captures + 1 - count;
    return numbered[1] === '+' ? reader.captures + count : count;
  }
  const named = takeMatch(reader, /k<(\w{1,60})>|k'(\w{1,60})'|[gk]\{(\w{1,60})\}/y);
  return named?.slice(1).find((name) => name !== undefined);
}

const looks: readonly (readonly [string, boolean, boolean])[] = [
  ['?=', true, false],
  ['?!', true, true],
  ['?<=', false, false],
  ['?<!', false, true],
];

/** Reads a group, after its `(`. */
function readGroup(reader: Reader, mode: Mode, start: number): RegexNode {
  const reference = takeMatch(reader, /\?P=(\w{1,60})\)/y);
  if (reference) {
    reader.references.push({ to: reference[1]!, at: start });
    return { kind: 'backref', to: reference[1]!, fold: mode.ignoreCase };
  }
  const within = (inner: Mode): RegexNode => {
    if (reader.depth >= MOST_DEPTH) throw new RegexFault(`groups nest more than ${MOST_DEPTH} deep`, start);
    reader.depth += 1;
    const node = readExpression(reader, inner);
    reader.depth -= 1;
    if (!takeText(reader, ')')) {
      throw new RegexFault('the group is not closed', start, 'end it with ), or write \\( for the character');
    }
    return node;
  };
  for (const [opening, ahead, negative] of looks)
    if (takeText(reader, opening)) return { kind: 'look', of: within(mode), ahead, negative };
  if (takeText(reader, '?>')) return { kind: 'group', of: within(mode), capture: null, name: null, atomic: true };
  const scoped = readGroupFlags(reader, mode);
  if (scoped) return within(scoped);
  const named = takeMatch(reader, /\?(?:P?<([A-Za-z_]\w{0,59})>|'([A-Za-z_]\w{0,59})')/y);
  const name = named?.[1] ?? named?.[2] ?? null;
  if (name === null) {
    if (reader.text[reader.at] === '?' || reader.text[reader.at] === '*') throw unknownGroup(reader, start);
    if (mode.explicit) return within(mode);
  } else if (reader.names.has(name)) throw new RegexFault(`two groups have the name ${name}`, start);
  else reader.names.add(name);
  reader.captures += 1;
  const capture = reader.captures;
  return { kind: 'group', of: within(mode), capture, name, atomic: false };
}

function unknownGroup(reader: Reader, at: number): RegexFault {
  const rest = reader.text.slice(reader.at);
  if (/^\?(?:R|[+-]?\d|&|P>)/.test(rest)) return new RegexFault('a group that calls a group is not read', at);
  if (rest.startsWith('?('))
    return new RegexFault('a group with a condition is not read', at, 'write both cases with |');
  if (rest.startsWith('?|')) return new RegexFault('a group that resets numbers is not read', at, 'write (?: instead');
  if (rest.startsWith('*')) return new RegexFault('a verb such as (*SKIP) is not read', at);
  return new RegexFault(`(${rest.slice(0, 2)} begins no group that is known`, at, 'write \\( for the character');
}
