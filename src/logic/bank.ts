import { fold } from '../ir/fold.ts';
import type { Pattern } from '../ir/pattern.ts';
import { anything, isAnything, many, normal } from '../ir/pattern.ts';
import type { Atom, Field, Predicate, Rendering, SameAs, Term } from '../ir/predicate.ts';
import type { RegexNode } from '../ir/regex/tree.ts';
import { hasCase } from './alike.ts';
import { canonicalOf } from './canonical.ts';
import type { Language } from './language.ts';
import { languageOf, likeLanguage, once, regexLanguage } from './language.ts';
import { patternOf } from './regex-pattern.ts';
import { bordersOf } from './term-tree.ts';

/**
 * A predicate in a bank: a number, whose negative is the predicate's negation. Two predicates that differ only in the
 * order, grouping or repetition of parts, in double negations or in spelling have the same number.
 */
export type Ref = number;

export const TRUE: Ref = 1;
export const FALSE: Ref = -1;

/** What a number stands for: all of several parts, or a test. */
export type Node = { readonly kind: 'all'; readonly of: readonly Ref[] } | Test;

/**
 * A test without parts. `value`: some value of the field is in the language; `keyword`: some value of the event is;
 * `exists`: the field is there. The name of a rendering begins with a control character, so it is no field's.
 */
export type Test =
  | { readonly kind: 'value'; readonly field: string; readonly language: Language }
  | { readonly kind: 'keyword'; readonly language: Language }
  | { readonly kind: 'exists'; readonly field: string }
  | { readonly kind: 'sameAs'; readonly field: string; readonly other: string; readonly atom: SameAs };

/** Holds predicates so that equal ones are one number. Numbers of different banks have nothing to do with each other. */
export class Bank {
  readonly nodes: Node[] = [
    { kind: 'all', of: [] },
    { kind: 'all', of: [] },
  ];
  readonly #known = new Map<string, Ref>();
  readonly #seen = new Map<Predicate, Ref>();
  readonly #cased = new Map<Ref, string>();

  /** The number of a predicate. */
  intern(node: Predicate): Ref {
    const seen = this.#seen.get(node);
    if (seen !== undefined) return seen;
    const ref = this.#make(node);
    this.#seen.set(node, ref);
    return ref;
  }

  /** The test "some value of the field is there". */
  present(field: string): Ref {
    return this.#like(field, anything, false);
  }

  /** The same test but for case, which holds wherever this one does; undefined if the bank has none. */
  uncased(test: Ref): Ref | undefined {
    const key = this.#cased.get(test);
    return key === undefined ? undefined : this.#known.get(key);
  }

  /** The number of "all of these". */
  all(parts: readonly Ref[]): Ref {
    const of = new Set<Ref>();
    const open = [...parts].reverse();
    for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
      if (ref === FALSE) return FALSE;
      const node = this.nodes[Math.abs(ref)]!;
      if (ref > 0 && node.kind === 'all') for (const part of node.of) open.push(part);
      else if (of.has(-ref)) return FALSE;
      else of.add(ref);
    }
    const sorted = [...of].sort((a, b) => a - b);
    if (sorted.length === 0) return TRUE;
    if (sorted.length === 1) return sorted[0]!;
    return this.#keep(`&${sorted.join()}`, () => ({ kind: 'all', of: sorted }));
  }

  #make(node: Predicate): Ref {
    switch (node.kind) {
      case 'all':
        return this.all(node.of.map((part) => this.intern(part)));
      case 'any':
        return -this.all(node.of.map((part) => -this.intern(part)));
      case 'not':
        return -this.intern(node.of);
      default:
        return this.#atom(node);
    }
  }

  #atom(atom: Atom): Ref {
    switch (atom.kind) {
      case 'keyword':
        return this.#keyword(atom.test);
      case 'exists':
        if (typeof atom.field !== 'string') return TRUE;
        return this.#keep(`exists ${nameOf(atom.field)}`, () => ({ kind: 'exists', field: nameOf(atom.field) }));
      case 'sameAs':
        return this.#sameAs(atom);
      case 'like':
        return this.#like(nameOf(atom.field), atom.pattern, atom.cased);
      case 'equal': {
        const text = String(atom.value);
        return fold(text) === text ? this.#like(nameOf(atom.field), [text], false) : FALSE;
      }
      case 'regex': {
        const tree = canonicalOf(atom.regex.tree);
        const plain = patternOf(tree);
        if (plain) return this.#like(nameOf(atom.field), plain.pattern, plain.cased);
        return this.#value(nameOf(atom.field), regexKey(tree), () => regexLanguage(atom.regex, tree));
      }
      case 'term':
        if (isSubstring(atom)) return this.#like(nameOf(atom.field), [many, atom.term, many], atom.cased);
        return this.#value(nameOf(atom.field), termKey(atom), () => languageOf(atom));
      case 'compare':
        if (Number.isNaN(atom.value)) return FALSE;
        return this.#value(nameOf(atom.field), `compare ${atom.part} ${atom.order} ${atom.value + 0}`, () =>
          languageOf(atom),
        );
      case 'cidr':
        return this.#value(nameOf(atom.field), `cidr ${atom.network}`, () => languageOf(atom));
    }
  }

  #keyword(test: (Atom & { kind: 'keyword' })['test']): Ref {
    if (test.kind === 'like')
      return this.#spoken(likeKey(test.pattern, test.cased), () => likeLanguage(test.pattern, test.cased));
    const tree = canonicalOf(test.regex.tree);
    const plain = patternOf(tree);
    if (plain) return this.#keyword({ kind: 'like', ...plain });
    return this.#spoken(regexKey(tree), () => regexLanguage(test.regex, tree));
  }

  #spoken(key: string, language: () => Language): Ref {
    return this.#keep(`keyword ${key}`, () => {
      const made = once(language);
      return {
        kind: 'keyword',
        get language() {
          return made();
        },
      };
    });
  }

  #sameAs(atom: SameAs): Ref {
    let [field, other] = [nameOf(atom.field), nameOf(atom.other)];
    if (field === other) return this.present(field);
    if (atom.relation === 'whole' && other < field) [field, other] = [other, field];
    return this.#keep(JSON.stringify([field, other, atom.relation, atom.cased]), () => ({
      kind: 'sameAs',
      field,
      other,
      atom,
    }));
  }

  #like(field: string, pattern: Pattern, cased: boolean): Ref {
    if (isRendering(field) && isAnything(normal(pattern))) return TRUE;
    const key = likeKey(pattern, cased);
    const ref = this.#value(field, key, () => likeLanguage(pattern, cased));
    if (key.startsWith(CASED)) this.#cased.set(ref, valueKey(field, likeKey(pattern, false)));
    return ref;
  }

  #value(field: string, key: string, language: () => Language): Ref {
    return this.#keep(valueKey(field, key), () => {
      // Made when it is first asked for: most comparisons are settled without.
      const made = once(language);
      return {
        kind: 'value',
        field,
        get language() {
          return made();
        },
      };
    });
  }

  #keep(key: string, node: () => Node): Ref {
    let ref = this.#known.get(key);
    if (ref === undefined) this.#known.set(key, (ref = this.nodes.push(node()) - 1));
    return ref;
  }
}

const RENDERED = '\u0000rendered as ';

/** A rule may name a field with any characters, the control character included. */
const RENDERINGS: ReadonlySet<string> = new Set(
  (['json-line', 'event-xml', 'windows-message'] satisfies Rendering[]).map((as) => RENDERED + as),
);

function valueKey(field: string, key: string): string {
  return `${field.length} ${field} ${key}`;
}

/** The name that a field goes by in a bank. */
export function nameOf(field: Field): string {
  return typeof field === 'string' ? field : RENDERED + field.rendered;
}

/** Whether a name in a bank is that of a rendering of the event. */
export function isRendering(name: string): boolean {
  return name.startsWith('\u0000') && RENDERINGS.has(name);
}

/** The rendering that a name in a bank stands for; null: it is a field's. */
export function renderingOf(name: string): Rendering | null {
  return isRendering(name) ? (name.slice(RENDERED.length) as Rendering) : null;
}

/** The same for patterns that fit the same texts: case counts only where a letter has another. */
function likeKey(pattern: Pattern, cased: boolean): string {
  let matters = false;
  const pieces = normal(pattern).map((piece) => {
    if (typeof piece !== 'string') return piece.wild === 'one' ? '?' : '*';
    const folded = fold(piece);
    if (cased) matters ||= hasCase(piece);
    return `${folded.length}"${cased ? piece : folded}`;
  });
  return `${matters ? CASED : 'like false '}${pieces.join('')}`;
}

const CASED = 'like true ';

function regexKey(tree: RegexNode): string {
  return `regex ${JSON.stringify(tree)}`;
}

/** Whether a term has no end that must lie on a word border, and so is sought as it stands. */
function isSubstring(term: Term): boolean {
  const { before, after } = bordersOf(term);
  return !before && !after;
}

function termKey({ term, edge, tokenizer, cased }: Term): string {
  return `term ${edge} ${tokenizer} ${cased} ${cased ? term : fold(term)}`;
}
