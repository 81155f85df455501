import type { Span } from '../text/source.ts';
import type { Query } from './query.ts';

/**
 * What a person published: one or more queries, who wrote them, what they are for and how they are used.
 *
 * Text fields are as written; a field that the source does not have is null or empty. Nothing is invented here.
 */
export interface Detection {
  /** The rule's own id; null if it has none, then `name` serves. */
  readonly id: string | null;
  /** `file#2`, or `file` where the file holds one: how messages and results call a detection without id. */
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly status: string | null;
  readonly level: string | null;
  readonly author: string | null;
  readonly license: string | null;
  readonly date: string | null;
  readonly modified: string | null;
  readonly references: readonly string[];
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  /** Fields that the author wants to see beside a hit. */
  readonly fields: readonly string[];
  readonly related: readonly { readonly id: string; readonly type: string }[];
  /** Keys of the source that have no place above, in their order, as plain data. */
  readonly extra: Readonly<Record<string, unknown>>;
  /** Each selects events of its own; the detection is their union. */
  readonly queries: readonly Query[];
  /** What a predicate's `origin` points at. */
  readonly origins: readonly Origin[];
  /** Placeholders without a value (`%admins%`): as long as there is one, the detection can't run. */
  readonly placeholders: readonly string[];
  /** Samples that travel with the rule: events that it must and must not select. */
  readonly samples: readonly Sample[];
  readonly file: string;
}

/** The piece of the source that a part of a predicate was read from. */
export interface Origin {
  /** Which document of the file, from 0. */
  readonly document: number;
  /** The selection, `condition` or whatever the format calls the part. */
  readonly part: string;
  readonly span: Span;
  /** The file that `document` and `span` are about, where it is not the detection's own: a correlated rule, a filter. */
  readonly file?: string;
}

/** An event that a rule must (`matches`) or must not select. */
export interface Sample {
  readonly name: string;
  readonly matches: boolean;
  readonly event: Readonly<Record<string, unknown>>;
}
