import type { Field, Order, Predicate } from './predicate.ts';

/** Which events a query is meant for, in Sigma's words: `windows` / `process_creation`, `linux` / service `auditd`. */
export interface LogSource {
  readonly product?: string;
  readonly category?: string;
  readonly service?: string;
  /** What must be switched on for these events to exist, as prose. */
  readonly definition?: string;
}

/**
 * What a detection selects: the events of `logsource` for which `where` holds, passed through the stages of `then`.
 * Most queries have no stages; then each event that passes `where` is a hit.
 */
export interface Query {
  readonly logsource: LogSource;
  readonly where: Predicate;
  readonly then: readonly Stage[];
}

/**
 * One step after the filter. Stages turn a stream of rows into another; an event is a row of its fields.
 *
 * `derive` adds a field. `gather` replaces the input by the events of several named sub-queries (correlations over
 * several rules). `summarize` groups. `having` keeps the rows for which a predicate holds. `sequence` asks for rows of
 * several gathered sub-queries near each other. `keep` narrows the fields of a row.
 */
export type Stage =
  | { readonly kind: 'derive'; readonly field: string; readonly from: Expression }
  | { readonly kind: 'gather'; readonly of: readonly Branch[] }
  | {
      readonly kind: 'summarize';
      readonly by: readonly string[];
      readonly with: readonly Aggregate[];
      /** Seconds of the sliding window that ends at each row; null: one row a group, over the whole input. */
      readonly within: number | null;
    }
  | { readonly kind: 'having'; readonly where: Predicate }
  | {
      readonly kind: 'sequence';
      /** Which branches must occur, as a condition over their names. */
      readonly of: BranchCondition;
      readonly ordered: boolean;
      readonly by: readonly string[];
      readonly within: number | null;
    }
  | { readonly kind: 'keep'; readonly fields: readonly string[] };

/** A named sub-query of `gather`; `rename` maps a field's common name to the name it has in this branch. */
export interface Branch {
  readonly name: string;
  readonly query: Query;
  readonly rename: Readonly<Record<string, string>>;
}

/** Which branches must have occurred within the window. `either` and `both` nest; `ordered` sequences read `both` left to right. */
export type BranchCondition =
  | { readonly kind: 'branch'; readonly name: string }
  | { readonly kind: 'both' | 'either'; readonly of: readonly BranchCondition[] }
  | { readonly kind: 'absent'; readonly of: BranchCondition };

/** A figure over the rows of a group, written into the field `as`. `field` is null only for `count`: it counts rows. */
export interface Aggregate {
  readonly as: string;
  readonly function:
    'count' | 'distinct' | 'sum' | 'average' | 'min' | 'max' | 'percentile' | 'median' | 'values' | 'first' | 'last';
  readonly field: string | null;
  /** 0 to 100, for `percentile` alone. */
  readonly percent?: number;
}

/** A computed value of a row. */
export type Expression =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'call'; readonly function: ScalarFunction; readonly with: readonly Expression[] }
  | {
      readonly kind: 'when';
      readonly cases: readonly (readonly [Predicate, Expression])[];
      readonly otherwise: Expression;
    };

export type ScalarFunction =
  'lower' | 'upper' | 'concat' | 'coalesce' | 'length' | 'trim' | 'add' | 'subtract' | 'multiply' | 'divide';

/** Where a summary's figure stands to a number; a convenience for lowering `count() > 5`. */
export function figure(field: string, order: Order, value: number): Predicate {
  return { kind: 'compare', field, part: 'number', order, value };
}
