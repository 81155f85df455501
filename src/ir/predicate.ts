import type { Pattern } from './pattern.ts';
import type { Regex } from './regex/tree.ts';

/**
 * A question about one event that is either true or false of it.
 *
 * Every reader yields a `Predicate`, every printer takes one, the engine runs one and the prover compares two.
 * It is plain data: freezable, serialisable, comparable. What each kind means of each value is written in this
 * room's README and computed by `evaluate`.
 */
export type Predicate = All | Any | Not | Like | Term | RegexTest | Equal | Compare | Cidr | Exists | SameAs | Keyword;

/** A field of the event by its name, or the whole event as text. */
export type Field = string | { readonly rendered: Rendering };

/** A specified way to write an event as one text: what `grep` or a match on `$_.Message` looks at. */
export type Rendering = 'json-line' | 'event-xml' | 'windows-message';

/** Where a node comes from: an index into `Detection.origins`. Equality, hashing and evaluation ignore it. */
interface Traced {
  readonly origin?: number;
}

/** True if every part is; `all` of nothing is always true. */
export interface All extends Traced {
  readonly kind: 'all';
  readonly of: readonly Predicate[];
}

/** True if at least one part is; `any` of nothing is never true. */
export interface Any extends Traced {
  readonly kind: 'any';
  readonly of: readonly Predicate[];
}

/** True if its part is false. There is no third value. */
export interface Not extends Traced {
  readonly kind: 'not';
  readonly of: Predicate;
}

/** The whole value, as text, fits the pattern. A pattern of one `many` asks only for a value to be there. */
export interface Like extends Traced {
  readonly kind: 'like';
  readonly field: Field;
  readonly pattern: Pattern;
  readonly cased: boolean;
}

/** The value contains `term` as whole words, as `tokenizer` divides words. */
export interface Term extends Traced {
  readonly kind: 'term';
  readonly field: Field;
  readonly term: string;
  readonly edge: Edge;
  readonly tokenizer: Tokenizer;
  readonly cased: boolean;
}

/** Which ends of the term must lie on a word border: both, the first, or the last. */
export type Edge = 'whole' | 'prefix' | 'suffix';

/** How a language divides text into words; see `term.ts`. */
export type Tokenizer = 'kusto' | 'standard' | 'splunk';

/** The value contains a match of the regular expression, anywhere unless the expression is anchored. */
export interface RegexTest extends Traced {
  readonly kind: 'regex';
  readonly field: Field;
  readonly regex: Regex;
}

/** The value's text is the decimal text of the number, or `true` / `false`. */
export interface Equal extends Traced {
  readonly kind: 'equal';
  readonly field: Field;
  readonly value: number | boolean;
}

/** The value read as a number, or a part of the value read as a point in time, stands in this order to `value`. */
export interface Compare extends Traced {
  readonly kind: 'compare';
  readonly field: Field;
  readonly part: 'number' | TimePart;
  readonly order: Order;
  readonly value: number;
}

export type Order = '<' | '<=' | '>' | '>=' | '=';
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** The value is an IP address inside `network`, written as `10.0.0.0/8` or `fc00::/7`. */
export interface Cidr extends Traced {
  readonly kind: 'cidr';
  readonly field: Field;
  readonly network: string;
}

/** The event has the field, be its value null or empty. */
export interface Exists extends Traced {
  readonly kind: 'exists';
  readonly field: Field;
}

/** The value of `field` stands in `relation` to the value of `other`: equals it, contains it, starts or ends with it. */
export interface SameAs extends Traced {
  readonly kind: 'sameAs';
  readonly field: Field;
  readonly other: Field;
  readonly relation: 'whole' | 'contains' | 'startswith' | 'endswith';
  readonly cased: boolean;
}

/** Some value of the event, whatever its field, passes the test; each value is looked at by itself. */
export interface Keyword extends Traced {
  readonly kind: 'keyword';
  readonly test:
    | { readonly kind: 'like'; readonly pattern: Pattern; readonly cased: boolean }
    | { readonly kind: 'regex'; readonly regex: Regex };
}

export type Kind = Predicate['kind'];
export type OfKind<K extends Kind> = Extract<Predicate, { kind: K }>;

/** A predicate that has no parts. */
export type Atom = Exclude<Predicate, All | Any | Not>;

export const always: All = { kind: 'all', of: [] };
export const never: Any = { kind: 'any', of: [] };

/** Joins parts with `all`; one part is itself. */
export function all(of: readonly Predicate[]): Predicate {
  return of.length === 1 ? of[0]! : { kind: 'all', of };
}

/** Joins parts with `any`; one part is itself. */
export function any(of: readonly Predicate[]): Predicate {
  return of.length === 1 ? of[0]! : { kind: 'any', of };
}

export function not(of: Predicate): Not {
  return { kind: 'not', of };
}

/** Rebuilds `node` with each atom replaced; `all`, `any`, `not` and their origins stay as they are. */
export function mapAtoms(node: Predicate, change: (atom: Atom) => Predicate): Predicate {
  switch (node.kind) {
    case 'all':
    case 'any':
      return { ...node, of: node.of.map((part) => mapAtoms(part, change)) };
    case 'not':
      return { ...node, of: mapAtoms(node.of, change) };
    default:
      return change(node);
  }
}

/** Lists every atom of `node`, left to right. */
export function atomsOf(node: Predicate): readonly Atom[] {
  const atoms: Atom[] = [];
  const gather = (part: Predicate): void => {
    if (part.kind === 'all' || part.kind === 'any') for (const inner of part.of) gather(inner);
    else if (part.kind === 'not') gather(part.of);
    else atoms.push(part);
  };
  gather(node);
  return atoms;
}

/** Lists the names of the fields that `node` looks at, each once, in order of appearance. */
export function fieldsOf(node: Predicate): string[] {
  const names = new Set<string>();
  for (const atom of atomsOf(node)) {
    if (atom.kind === 'keyword') continue;
    if (typeof atom.field === 'string') names.add(atom.field);
    if (atom.kind === 'sameAs' && typeof atom.other === 'string') names.add(atom.other);
  }
  return [...names];
}
