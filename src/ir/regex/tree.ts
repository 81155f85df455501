/**
 * A regular expression as a tree, with its flags already resolved into the nodes.
 *
 * `(?i)`, `(?s)` and `(?m)`, inline or as Sigma's sub-modifiers, change what a character, a dot or an anchor means;
 * each node says its own meaning, so no reader of the tree carries flags along and a printer can choose how its
 * language says them. Characters are code points.
 */
export interface Regex {
  /** The text as written, with `flags` as given beside it: for messages and for printing in the same flavour. */
  readonly source: string;
  readonly flags: RegexFlags;
  readonly tree: RegexNode;
}

/** Flags given beside the expression; those written inside it are in `source`. */
export interface RegexFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}

export type RegexNode =
  /** One code point out of `ranges` (sorted, not overlapping, both ends included); `fold`: or one that folds alike. */
  | { readonly kind: 'set'; readonly ranges: readonly CodeRange[]; readonly fold: boolean }
  | { readonly kind: 'concat'; readonly of: readonly RegexNode[] }
  | { readonly kind: 'either'; readonly of: readonly RegexNode[] }
  /** `max` null: without bound. `greed` matters to what is captured, never to whether something matches, save `possessive`. */
  | {
      readonly kind: 'repeat';
      readonly of: RegexNode;
      readonly min: number;
      readonly max: number | null;
      readonly greed: Greed;
    }
  | {
      readonly kind: 'group';
      readonly of: RegexNode;
      readonly capture: number | null;
      readonly name: string | null;
      readonly atomic: boolean;
    }
  | { readonly kind: 'anchor'; readonly at: Anchor }
  | { readonly kind: 'look'; readonly of: RegexNode; readonly ahead: boolean; readonly negative: boolean }
  | { readonly kind: 'backref'; readonly to: number | string; readonly fold: boolean };

export type CodeRange = readonly [from: number, to: number];
export type Greed = 'greedy' | 'lazy' | 'possessive';

/**
 * `text-end` is PCRE's `$` without `m`: the end, or before a line break that ends the text; `very-end` is `\z`.
 * `line-start` and `line-end` are `^` and `$` under `m`.
 */
export type Anchor =
  'text-start' | 'text-end' | 'very-end' | 'line-start' | 'line-end' | 'word-border' | 'no-word-border';
