import type { Origin } from '../../../ir/detection.ts';
import type { Span } from '../../../text/source.ts';
import type { Report } from '../report.ts';

/** Values for placeholders, by name without the percent signs. A text may hold wildcards. */
export type Placeholders = Readonly<Record<string, readonly (string | number)[]>>;

/** What the readers of one rule's detection share. */
export interface Context {
  readonly report: Report;
  /** The title of the rule, for messages that are read without the file beside them. */
  readonly title: string;
  readonly placeholders: Placeholders;
  /** Placeholders met that have no value. */
  readonly unresolved: Set<string>;
  readonly origins: Origin[];
  /** The document of the file that an offset lies in, from 0. */
  readonly documentAt: (offset: number) => number;
  /** Given where the text read is not the detection's own file. */
  readonly file?: string;
}

/** Notes where a node comes from and returns its number, for the node's `origin`. */
export function trace({ origins, documentAt, file }: Context, part: string, span: Span): number {
  origins.push({ document: documentAt(span.start), part, span, ...(file !== undefined && { file }) });
  return origins.length - 1;
}
