/** A SPL2 module as plain data: statements, each a list of commands. The reader makes one, and so does the printer. */
import type { Span } from '../../text/source.ts';
import type { Expr } from '../splunk/expression.ts';

/** The statements of a text, in their order. */
export interface Module {
  readonly statements: readonly Statement[];
}

/** A pipeline, and the name (without its `$`) by which later statements may read from it. */
export interface Statement {
  readonly name: string | null;
  readonly commands: readonly Command[];
  readonly span: Span;
}

/**
 * One step of a pipeline. A command that is to be modelled is a kind here, a line in `parse-module.ts` that reads it,
 * one in `lower.ts` that says what it means, and one in `write.ts`.
 */
export type Command =
  | { readonly kind: 'from'; readonly dataset: Dataset; readonly span: Span }
  | { readonly kind: 'eval'; readonly assignments: readonly Assignment[]; readonly span: Span }
  | { readonly kind: 'where'; readonly test: Expr; readonly span: Span }
  | { readonly kind: 'fields'; readonly names: readonly string[]; readonly span: Span }
  | { readonly kind: 'into'; readonly sink: Dataset; readonly span: Span }
  /** `--finding_report--`, which ESCU's build replaces by commands that write a finding. */
  | { readonly kind: 'finding'; readonly span: Span };

/** `main`, `$source`, `index:main` or `read_ssa_enriched_events()`; `of` says which of these forms. */
export interface Dataset {
  readonly of: 'name' | 'statement' | 'index' | 'function';
  readonly name: string;
}

/** `name = value` of an `eval`. */
export interface Assignment {
  readonly name: string;
  readonly value: Expr;
}
