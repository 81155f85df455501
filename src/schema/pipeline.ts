import type { Predicate } from '../ir/predicate.ts';
import type { LogSource } from '../ir/query.ts';
import type { Regex } from '../ir/regex/tree.ts';

/**
 * A processing pipeline as pySigma has them: steps that change a rule, in order, until it is in a product's own names.
 * Plain data, read by `formats/pipeline/` and carried out by `passes/pipeline/`.
 *
 * Meaning of every part: pySigma's documentation, "Processing Pipelines"
 * (https://sigmahq-pysigma.readthedocs.io/en/latest/Processing_Pipelines.html), and the behaviour of pySigma 1.5.
 */
export interface Pipeline {
  readonly name: string;
  /** Of several pipelines the one with the lower number comes first. */
  readonly priority: number;
  readonly steps: readonly PipelineStep[];
  /** Values for placeholders, as written: a text may hold wildcards. */
  readonly vars: Readonly<Record<string, readonly string[]>>;
  /** What the file asks for and nobody carries out whatever the rule, in sentences: they belong to every verdict. */
  readonly notes: readonly string[];
}

/** One change, and when it is made: the rule, the item and the name of the field must all pass. */
export interface PipelineStep {
  readonly id: string | null;
  /** How a message calls it: `step 3 (replace_string)`. */
  readonly label: string;
  readonly rules: Condition<RuleCondition>;
  readonly items: Condition<ItemCondition>;
  readonly names: Condition<NameCondition>;
  readonly change: Change;
}

/** A condition over conditions; `all` of nothing holds, `any` of nothing does not. */
export type Condition<C> =
  | { readonly kind: 'is'; readonly of: C }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition<C>[] }
  | { readonly kind: 'not'; readonly of: Condition<C> };

/** A value as a pipeline writes it. */
export type PlainValue = string | number | boolean | null;

export type Relation = 'eq' | 'ne' | 'gte' | 'gt' | 'lte' | 'lt' | 'in' | 'not_in';

/** What may be asked of a rule. `unknown` is a condition that nobody can decide here. */
export type RuleCondition =
  | { readonly kind: 'logsource'; readonly wanted: LogSource }
  | { readonly kind: 'contains-item'; readonly field: string; readonly value: PlainValue }
  | { readonly kind: 'contains-field'; readonly field: string }
  | { readonly kind: 'applied'; readonly id: string }
  | StateCondition
  | { readonly kind: 'is-rule' | 'is-correlation' }
  | {
      readonly kind: 'attribute';
      readonly attribute: string;
      readonly value: string | number;
      readonly relation: Relation;
    }
  | { readonly kind: 'tag'; readonly tag: string };

/** What may be asked of an item: a field with its values. `every`: of all values, not of any. */
export type ItemCondition =
  | { readonly kind: 'match-text'; readonly regex: Regex; readonly every: boolean; readonly negated: boolean }
  | { readonly kind: 'match-value'; readonly value: PlainValue; readonly every: boolean }
  | { readonly kind: 'has-wildcard' | 'is-null'; readonly every: boolean }
  | { readonly kind: 'applied'; readonly id: string }
  | StateCondition;

/** What may be asked of the name of a field. */
export type NameCondition =
  | { readonly kind: 'listed' | 'not-listed'; readonly names: readonly string[] }
  | { readonly kind: 'fits' | 'fits-not'; readonly regexes: readonly Regex[] }
  | { readonly kind: 'applied'; readonly id: string }
  | StateCondition;

export interface StateCondition {
  readonly kind: 'state';
  readonly key: string;
  readonly value: PlainValue;
  readonly relation: Exclude<Relation, 'in' | 'not_in'>;
}

/**
 * What a step does.
 *
 * - `rename`: a field gets another name, or several, of which any may fit; `keywords` are the fields that a test without
 *   field is put to. `rename-prefix`, `affix`, `spell`: the same for names by their form.
 * - `drop`: items are left out. `add`: the rule must (must not, if `negated`) also pass these items; `template` puts the
 *   rule's log source in for `$category`, `$product` and `$service`.
 * - `replace`, `map`, `set`, `convert`, `case`, `regex`: values become other values.
 * - `hashes`: `SHA1=..` in a list of hashes becomes a test of a field of its own.
 * - `fill`: placeholders become the values of variables, or anything.
 * - `fail`: the rule can't be had. `strict`: it can't unless every field was renamed.
 * - `state`, `attribute`: a note for later conditions. `nest`: steps under the conditions of this one.
 * - `nothing`: it changes what is shown, not what is found. `unknown`: nobody here can carry it out.
 */
export type Change =
  | Renaming
  | { readonly kind: 'drop' }
  | {
      readonly kind: 'add';
      readonly items: readonly Predicate[];
      readonly negated: boolean;
      readonly template: boolean;
    }
  | { readonly kind: 'logsource'; readonly logsource: LogSource }
  | ValueChange
  | {
      readonly kind: 'hashes';
      readonly fields: readonly string[];
      readonly algorithms: readonly string[];
      readonly prefix: string;
      readonly bare: boolean;
    }
  | {
      readonly kind: 'fill';
      readonly by: 'variables' | 'anything';
      readonly include: readonly string[] | null;
      readonly exclude: readonly string[];
    }
  | { readonly kind: 'fail'; readonly message: string; readonly of: 'rule' | 'item' }
  | { readonly kind: 'strict' }
  | { readonly kind: 'state' | 'attribute'; readonly key: string; readonly value: PlainValue }
  | { readonly kind: 'nest'; readonly steps: readonly PipelineStep[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown'; readonly why: string; readonly touches: 'rules' | 'placeholders' };

/** A change of the names of fields. */
export type Renaming =
  | {
      readonly kind: 'rename';
      readonly names: Readonly<Record<string, readonly string[]>>;
      readonly keywords: readonly string[] | null;
    }
  | { readonly kind: 'rename-prefix'; readonly prefixes: readonly (readonly [string, readonly string[]])[] }
  | { readonly kind: 'affix'; readonly before: string; readonly after: string }
  | {
      readonly kind: 'spell';
      readonly as: 'lower' | 'upper' | 'snake_case';
      readonly names: Readonly<Record<string, readonly string[]>>;
    };

/** A change of values. `literal`: only the text between wildcards is looked at. */
export type ValueChange =
  | {
      readonly kind: 'replace';
      readonly regex: Regex;
      readonly by: string;
      readonly literal: boolean;
      readonly wildcards: boolean;
    }
  | { readonly kind: 'map'; readonly values: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: 'set'; readonly value: PlainValue }
  | { readonly kind: 'convert'; readonly to: 'text' | 'number' }
  | { readonly kind: 'case'; readonly to: 'lower' | 'upper' }
  | { readonly kind: 'regex'; readonly cased: boolean };
