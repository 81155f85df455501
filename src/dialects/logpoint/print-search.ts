/** Writes predicates as the search before the first pipe. Mixed groups are always in parentheses, whatever binds tighter. */
import { isAnything, many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Atom, Field, Like, Predicate } from '../../ir/predicate.ts';
import { atomFeatures } from '../../ir/features.ts';
import { effectUnder } from '../dialect.ts';
import type { Capability, Loss } from '../dialect.ts';
import { networkPrefixes } from '../network-prefixes.ts';
import { notePattern } from './assumptions.ts';
import type { Noted } from './assumptions.ts';
import { capabilities } from './capabilities.ts';
import { fieldName, isDecimal, isNameable, quotedPattern } from './text.ts';

/** What printing gathers beside the text. */
export interface Writing {
  readonly noted: Noted;
  readonly losses: Loss[];
}

/** Writes a predicate; several parts stand in parentheses. What can't be written leaves a refusal in `losses`. */
export function printSearch(node: Predicate, writing: Writing): string {
  return write(node, false, writing);
}

function write(node: Predicate, negated: boolean, writing: Writing): string {
  switch (node.kind) {
    case 'all':
      if (node.of.length === 0) return everything(writing);
      return group(node.of, ' ', negated, writing);
    case 'any':
      if (node.of.length === 0) return `-${everything(writing)}`;
      return list(node.of, negated, writing) ?? group(node.of, ' OR ', negated, writing);
    case 'not': {
      writing.noted.add('negation');
      const inner = write(node.of, !negated, writing);
      return inner.startsWith('-') ? `-(${inner})` : `-${inner}`;
    }
    default:
      return writeAtom(node, { negated, writing });
  }
}

function everything({ noted }: Writing): string {
  noted.add('everything');
  return '*';
}

function group(of: readonly Predicate[], join: string, negated: boolean, writing: Writing): string {
  const parts = of.map((part) => write(part, negated, writing));
  return parts.length === 1 ? parts[0]! : `(${parts.join(join)})`;
}

/** `f IN ["a", "b*"]`, where all parts are texts of one field. */
function list(of: readonly Predicate[], negated: boolean, writing: Writing): string | undefined {
  const [first] = of;
  if (of.length < 2 || first?.kind !== 'like' || typeof first.field !== 'string') return undefined;
  const { field } = first;
  if (!of.every((part): part is Like => part.kind === 'like' && part.field === field && !isAnything(part.pattern)))
    return undefined;
  const values = of.map((part) => text(part.pattern, part, { negated, writing }));
  return `${name(field, first, writing)} IN [${values.join(', ')}]`;
}

/** Where an atom stands. */
interface Place {
  readonly negated: boolean;
  readonly writing: Writing;
}

function writeAtom(atom: Atom, place: Place): string {
  const { writing } = place;
  switch (atom.kind) {
    case 'like':
      if (typeof atom.field !== 'string') return inMessage(atom.pattern, atom, place);
      return `${name(atom.field, atom, writing)}=${isAnything(atom.pattern) ? '*' : text(atom.pattern, atom, place)}`;
    case 'exists':
      return `${name(atom.field, atom, writing)}=*`;
    case 'equal':
      writing.noted.add('number');
      return `${name(atom.field, atom, writing)}=${number(String(atom.value))}`;
    case 'compare': {
      writing.noted.add('order');
      const field = name(atom.field, atom, writing);
      const value = String(atom.value);
      if (!isDecimal(value)) refuse(`the number ${value} is too long to be written out`, atom, writing);
      return atom.order === '=' ? `(${field}>=${value} ${field}<=${value})` : `${field}${atom.order}${value}`;
    }
    case 'cidr': {
      if (atom.network.includes(':')) return '';
      if (Number(atom.network.split('/')[1] ?? '32') < 25) lose(capabilities['cidr.v4'], atom, place);
      const field = name(atom.field, atom, writing);
      const values = networkPrefixes(atom.network).map((pattern) => text(pattern, atom, place));
      return values.length === 1 ? `${field}=${values[0]}` : `${field} IN [${values.join(', ')}]`;
    }
    case 'term':
      return writeTerm(atom, place);
    case 'keyword':
      if (atom.test.kind === 'regex') return '';
      return inMessage(normal([many, ...atom.test.pattern, many]), atom, place);
    case 'regex':
    case 'sameAs':
      return '';
  }
}

/** A word of the log message is a word of LogPoint's own; one inside of a field is sought as a part of its value. */
function writeTerm(atom: Extract<Atom, { kind: 'term' }>, place: Place): string {
  const { field, term, edge, tokenizer, cased } = atom;
  const { noted } = place.writing;
  if (typeof field !== 'string' && tokenizer === 'standard' && !cased) {
    noted.add('raw').add('words');
    return text([...(edge === 'suffix' ? [many] : []), term, ...(edge === 'prefix' ? [many] : [])], atom, place);
  }
  lose(capabilities.term, atom, place);
  const part = [many, term, many];
  return typeof field === 'string'
    ? `${name(field, atom, place.writing)}=${text(part, atom, place)}`
    : inMessage(part, atom, place);
}

/** A text anywhere in the log message. Only a pattern that is open at both ends can be asked for. */
function inMessage(pattern: Pattern, atom: Atom, place: Place): string {
  place.writing.noted.add('raw');
  const open = [pattern[0], pattern.at(-1)].every((piece) => typeof piece === 'object' && piece.wild === 'many');
  if (!open) refuse('LogPoint finds a text anywhere in the log message, not all of it', atom, place.writing);
  return text(pattern, atom, place);
}

function number(value: string): string {
  return isDecimal(value) ? value : quotedPattern([value]).text;
}

function text(pattern: Pattern, atom: Atom, place: Place): string {
  const { noted } = place.writing;
  notePattern(pattern, noted);
  const { text: written, mark, widened } = quotedPattern(pattern);
  if (mark === "'") noted.add('apostrophes');
  if (widened !== null) lose({ effect: 'wider', why: widened }, atom, place);
  if (atom.kind !== 'like' && pattern.some((piece) => typeof piece === 'string' && /[*?]/.test(piece)))
    lose(capabilities['like.literal-wildcard'], atom, place);
  return written;
}

function name(field: Field, atom: Atom, writing: Writing): string {
  if (typeof field !== 'string') {
    refuse('LogPoint compares the log message with words and phrases alone', atom, writing);
    return '';
  }
  if (!isNameable(field)) refuse(`LogPoint can't name the field '${field}'`, atom, writing);
  return fieldName(field);
}

function refuse(why: string, atom: Atom, { losses }: Writing): void {
  losses.push({ feature: ownFeature(atom), effect: 'refused', why, origin: atom.origin });
}

function lose(capability: Capability, atom: Atom, { negated, writing }: Place): void {
  if (capability === 'exact') return;
  const effect = effectUnder(negated, capability.effect);
  writing.losses.push({ feature: ownFeature(atom), effect, why: capability.why, origin: atom.origin });
}

/** The feature that a loss of the whole test is laid at. */
function ownFeature(atom: Atom): Loss['feature'] {
  const [own] = atomFeatures(atom);
  return own!;
}
