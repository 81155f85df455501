import type { Span } from '../../text/source.ts';

/** An expression of a row's columns, as written. */
export type Expression =
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  | { readonly kind: 'number'; readonly value: number; readonly span: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly span: Span }
  /** A literal that no test of a text or number is about: a date, a span of time, an object. */
  | { readonly kind: 'opaque'; readonly what: string; readonly span: Span }
  /** `dynamic(["a", "b"])`, or what stands in the parentheses of `in`. */
  | { readonly kind: 'list'; readonly of: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'path'; readonly of: Expression; readonly key: string; readonly span: Span }
  /** Any column. */
  | { readonly kind: 'star'; readonly span: Span }
  | { readonly kind: 'call'; readonly name: string; readonly with: readonly Expression[]; readonly span: Span }
  /** `operator` in small letters, blanks as one: `and`, `==`, `matches regex`, `!between`. */
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    };

/** A table, and the operators that its rows pass. */
export interface Pipeline {
  readonly source: RowSource;
  readonly operators: readonly Operator[];
}

/** Where rows come from. A table's name may hold stars. */
export type RowSource =
  | { readonly kind: 'table'; readonly name: string; readonly span: Span }
  | { readonly kind: 'union'; readonly of: readonly Pipeline[] }
  /** `find` and `search`; `of` is null for every table there is. */
  | { readonly kind: 'find'; readonly of: readonly Pipeline[] | null; readonly where: Expression }
  | {
      readonly kind: 'search';
      readonly of: readonly Pipeline[] | null;
      readonly cased: boolean;
      readonly where: Expression;
    }
  | { readonly kind: 'nested'; readonly of: Pipeline };

/** A column that an operator makes. */
export interface MadeColumn {
  readonly name: string;
  /** Null: what it holds is not known to us. */
  readonly from: Expression | null;
}

/** What becomes of the rows. */
export type Operator =
  | { readonly kind: 'where'; readonly condition: Expression }
  /** `extend`, `project`, `project-rename`, `parse`: columns are made, and no row is lost or added. */
  | { readonly kind: 'columns'; readonly made: readonly MadeColumn[] }
  | { readonly kind: 'union'; readonly of: readonly Pipeline[] }
  | { readonly kind: 'search'; readonly cased: boolean; readonly where: Expression }
  /** It changes the order of rows, or which columns are shown, and so nothing that is asked here. */
  | { readonly kind: 'shown'; readonly name: string; readonly span: Span };

/** One of the statements between semicolons. */
export type Statement =
  | { readonly kind: 'let'; readonly name: string; readonly value: Expression | Pipeline; readonly span: Span }
  | { readonly kind: 'query'; readonly of: Pipeline };

/** Tells a `let` of a table from one of a value. */
export function isPipeline(value: Expression | Pipeline): value is Pipeline {
  return 'source' in value;
}
