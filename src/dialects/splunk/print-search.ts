/**
 * Writes predicates in the language of the `search` command, which compares text without regard to case, knows one
 * wildcard and no escape for it, and binds `OR` tighter than the implicit `AND` (Search Manual, "Boolean expressions
 * with logical operators"); mixed groups are therefore always in parentheses, whatever binds tighter.
 */
import { isAnything, literal, many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Atom, Field, Like, Predicate } from '../../ir/predicate.ts';
import { all, any } from '../../ir/predicate.ts';
import { notePattern } from './assumptions.ts';
import type { Noted } from './assumptions.ts';
import { isDecimal, isNetwork, quoted, quotedPattern, searchable, searchName } from './text.ts';

/** From this many values of one field on, `f IN (...)` is written instead of `f=a OR f=b`; both mean the same. */
const LIST = 5;

/** Whether `search` says `node` with exactly its meaning (or with the loss that the capabilities declare). */
export function sayable(node: Predicate): boolean {
  switch (node.kind) {
    case 'all':
    case 'any':
      return node.of.every(sayable);
    case 'not':
      return sayable(node.of);
    default:
      return sayableAtom(node);
  }
}

function sayableAtom(atom: Atom): boolean {
  if (atom.kind === 'keyword')
    return atom.test.kind === 'like' && !atom.test.cased && atom.test.pattern.length > 0 && plain(atom.test.pattern);
  if (typeof atom.field !== 'string') return sayableOfEvent(atom);
  if (!searchable(atom.field)) return false;
  switch (atom.kind) {
    case 'like':
      return !atom.cased && plain(atom.pattern) && !isNetwork(literal(atom.pattern) ?? '');
    case 'equal':
    case 'exists':
      return true;
    case 'compare':
      return atom.part === 'number' && atom.order !== '=' && isDecimal(String(atom.value));
    case 'cidr':
      return isNetwork(atom.network);
    case 'regex':
    case 'sameAs':
    case 'term':
      return false;
  }
}

/** Tests of the event as one text: something anywhere in it, or a whole word of it. */
function sayableOfEvent(atom: Atom): boolean {
  if (atom.kind === 'term') return word(atom.term) && !atom.cased && atom.tokenizer === 'splunk';
  if (atom.kind !== 'like' || atom.cased || !plain(atom.pattern) || atom.pattern.length < 3) return false;
  return [atom.pattern[0], atom.pattern.at(-1)].every((piece) => typeof piece === 'object');
}

/** No hole of one character, no asterisk that means itself, and nothing that a line of text can't hold. */
function plain(pattern: Pattern): boolean {
  return pattern.every((piece) => (typeof piece === 'string' ? word(piece) : piece.wild === 'many'));
}

function word(text: string): boolean {
  return text !== '' && !/[*\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(text);
}

/**
 * A predicate that `search` can say and that holds wherever `node` does, or undefined where there is none but `*`:
 * what a following `| where` has to look at.
 */
export function widened(node: Predicate): Predicate | undefined {
  if (sayable(node)) return node;
  switch (node.kind) {
    case 'all': {
      const parts = node.of.map(widened).filter((part) => part !== undefined);
      return parts.length === 0 ? undefined : all(parts);
    }
    case 'any': {
      const parts = node.of.map(widened);
      return parts.every((part) => part !== undefined) ? any(parts) : undefined;
    }
    case 'like': {
      const pattern = normal(node.pattern.flatMap(loosened));
      const wide: Like = { ...node, pattern, cased: false };
      return isAnything(pattern) || !sayable(wide) ? undefined : wide;
    }
    default:
      return undefined;
  }
}

/** Puts a hole for whatever `search` can't say. */
function loosened(piece: Pattern[number]): Pattern {
  if (typeof piece !== 'string') return [many];
  return piece
    .split(/[*\u0000-\u001f\u007f\u0085\u2028\u2029]/)
    .flatMap((text, index) => (index === 0 ? [text] : [many, text]));
}

/** Writes a sayable predicate; several parts stand in parentheses. */
export function printSearch(node: Predicate, noted: Noted): string {
  switch (node.kind) {
    case 'all':
      return node.of.length === 0 ? '*' : group(node.of, ' ', noted);
    case 'any':
      return node.of.length === 0 ? 'NOT *' : (list(node.of, noted) ?? group(node.of, ' OR ', noted));
    case 'not':
      return `NOT ${printSearch(node.of, noted)}`;
    default:
      return printAtom(node, noted);
  }
}

function group(of: readonly Predicate[], join: string, noted: Noted): string {
  const parts = of.map((part) => printSearch(part, noted));
  return parts.length === 1 ? parts[0]! : `(${parts.join(join)})`;
}

/** `f IN ("a", "b*")`, where all parts are texts of one field. */
function list(of: readonly Predicate[], noted: Noted): string | undefined {
  const [first] = of;
  if (of.length < LIST || first?.kind !== 'like' || typeof first.field !== 'string') return undefined;
  const listed = of.every(
    (part) =>
      part.kind === 'like' && part.field === first.field && part.pattern.length > 0 && !isAnything(part.pattern),
  );
  if (!listed) return undefined;
  const values = (of as readonly Like[]).map(({ pattern }) => text(pattern, noted));
  return `${name(first.field, noted)} IN (${values.join(', ')})`;
}

function printAtom(atom: Atom, noted: Noted): string {
  switch (atom.kind) {
    case 'like':
      if (typeof atom.field !== 'string') return ofEvent(atom.pattern, noted);
      return `${name(atom.field, noted)}=${isAnything(atom.pattern) ? '*' : text(atom.pattern, noted)}`;
    case 'exists':
      return `${name(atom.field, noted)}=*`;
    case 'equal': {
      const value = String(atom.value);
      return `${name(atom.field, noted)}=${isDecimal(value) ? value : quoted(value)}`;
    }
    case 'compare':
      noted.add('order');
      return `${name(atom.field, noted)}${atom.order}${atom.value}`;
    case 'cidr':
      return `${name(atom.field, noted)}=${quoted(atom.network)}`;
    case 'keyword':
      return atom.test.kind === 'like' ? ofEvent(normal([many, ...atom.test.pattern, many]), noted) : unreachable(atom);
    case 'term': {
      const [before, after] = [atom.edge === 'suffix' ? [many] : [], atom.edge === 'prefix' ? [many] : []];
      return ofEvent([...before, atom.term, ...after], noted);
    }
    case 'regex':
    case 'sameAs':
      return unreachable(atom);
  }
}

function ofEvent(pattern: Pattern, noted: Noted): string {
  noted.add('raw');
  return text(pattern, noted);
}

function name(field: Field, noted: Noted): string {
  const written = searchName(String(field));
  if (/["\\]/.test(written.slice(1, -1))) noted.add('fieldName');
  return written;
}

function text(pattern: Pattern, noted: Noted): string {
  notePattern(pattern, noted);
  return quotedPattern(pattern);
}

/** `sayable` keeps these out; arriving here is a bug in it. */
function unreachable(atom: Atom): never {
  throw new Error(`the search command was asked to say '${atom.kind}'`);
}
