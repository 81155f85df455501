import type { Atom, Predicate } from './predicate.ts';
import type { RegexNode } from './regex/tree.ts';
import type { Query } from './query.ts';

/**
 * A thing that some query language can't say, or says with another meaning.
 *
 * The list is closed: a dialect's capability table answers for each, so a feature added here breaks the build in
 * every dialect until it has an answer.
 */
export type Feature =
  | 'constant' // `all` or `any` of nothing
  | 'like.uncased'
  | 'like.cased'
  | 'like.one' // a hole of exactly one character
  | 'like.inner-many' // a `many` that is neither first nor last
  | 'like.literal-wildcard' // a `*` or `?` that means itself
  | 'like.empty' // the empty text
  | 'term'
  | 'regex'
  | 'regex.fold'
  | 'regex.look'
  | 'regex.backref'
  | 'equal'
  | 'compare'
  | 'compare.time'
  | 'cidr.v4'
  | 'cidr.v6'
  | 'present' // a value is there: `like` of one `many`
  | 'exists' // the field is there, perhaps with null
  | 'same-as'
  | 'keyword'
  | 'keyword.regex'
  | 'rendered'
  | 'not'
  | 'stage.derive'
  | 'stage.gather'
  | 'stage.summarize'
  | 'stage.having'
  | 'stage.sequence'
  | 'stage.keep';

/** A use of a feature, whether it stands under an odd number of `not`s, and the place in the rule that uses it. */
export interface Use {
  readonly feature: Feature;
  readonly negated: boolean;
  readonly origin: number | undefined;
}

/** Lists the features that `query` needs; each once as it stands and once negated, with the first place that needs it. */
export function featuresOf(query: Query): Use[] {
  const uses = new Map<string, Use>();
  const note = (feature: Feature, negated: boolean, origin: number | undefined) => {
    const key = `${feature} ${negated}`;
    if (!uses.has(key)) uses.set(key, { feature, negated, origin });
  };
  const walk = (node: Predicate, negated: boolean): void => {
    switch (node.kind) {
      case 'all':
      case 'any':
        if (node.of.length === 0) note('constant', negated, node.origin);
        for (const part of node.of) walk(part, negated);
        return;
      case 'not':
        note('not', negated, node.origin);
        return walk(node.of, !negated);
      default:
        for (const feature of atomFeatures(node)) note(feature, negated, node.origin);
    }
  };
  walk(query.where, false);
  for (const stage of query.then) note(`stage.${stage.kind}`, false, undefined);
  return [...uses.values()];
}

/** The features of one test, its own kind first. */
export function* atomFeatures(atom: Atom): Generator<Feature> {
  if ('field' in atom && typeof atom.field !== 'string') yield 'rendered';
  switch (atom.kind) {
    case 'like':
      return yield* patternFeatures(atom.pattern, atom.cased);
    case 'keyword':
      yield 'keyword';
      if (atom.test.kind === 'regex') yield 'keyword.regex';
      if (atom.test.kind === 'regex') yield* regexFeatures(atom.test.regex.tree);
      else yield* patternFeatures(atom.test.pattern, atom.test.cased);
      return;
    case 'regex':
      yield 'regex';
      return yield* regexFeatures(atom.regex.tree);
    case 'compare':
      return yield atom.part === 'number' ? 'compare' : 'compare.time';
    case 'cidr':
      return yield atom.network.includes(':') ? 'cidr.v6' : 'cidr.v4';
    case 'sameAs':
      return yield 'same-as';
    case 'term':
    case 'equal':
    case 'exists':
      return yield atom.kind;
  }
}

function* patternFeatures(pattern: readonly (string | { wild: 'many' | 'one' })[], cased: boolean): Generator<Feature> {
  if (pattern.length === 0) return yield 'like.empty';
  const only = pattern.length === 1 ? pattern[0] : undefined;
  if (typeof only === 'object' && only.wild === 'many') return yield 'present';
  yield cased ? 'like.cased' : 'like.uncased';
  for (const [index, piece] of pattern.entries()) {
    if (typeof piece === 'string') {
      if (/[*?]/.test(piece)) yield 'like.literal-wildcard';
    } else if (piece.wild === 'one') yield 'like.one';
    else if (index > 0 && index < pattern.length - 1) yield 'like.inner-many';
  }
}

function* regexFeatures(node: RegexNode): Generator<Feature> {
  switch (node.kind) {
    case 'set':
      if (node.fold) yield 'regex.fold';
      return;
    case 'concat':
    case 'either':
      for (const part of node.of) yield* regexFeatures(part);
      return;
    case 'repeat':
    case 'group':
      return yield* regexFeatures(node.of);
    case 'look':
      yield 'regex.look';
      return yield* regexFeatures(node.of);
    case 'backref':
      return yield 'regex.backref';
    case 'anchor':
      return;
  }
}
