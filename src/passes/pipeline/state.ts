import type { LogSource } from '../../ir/query.ts';
import type { Pipeline, PlainValue, Renaming } from '../../schema/pipeline.ts';
import type { MappingLoss } from '../rewrite.ts';
import type { Part } from './items.ts';
import type { RuleFacts } from './rule-facts.ts';

/** A rule on its way through a pipeline, and what is known of the way so far. Each step makes a new one. */
export interface State {
  readonly pipeline: Pipeline;
  readonly about: RuleFacts;
  readonly part: Part;
  readonly logsource: LogSource;
  /** Ids of the steps whose conditions the rule has met. */
  readonly applied: ReadonlySet<string>;
  /** The same by name, for fields that the rule lists and fields that values refer to. */
  readonly namesApplied: ReadonlyMap<string, ReadonlySet<string>>;
  /** What `set_state` and `set_custom_attribute` have noted. */
  readonly variables: ReadonlyMap<string, PlainValue>;
  readonly attributes: ReadonlyMap<string, PlainValue>;
  /** Renamings so far, for fields outside of the filter. */
  readonly renamings: readonly NameStep[];
  /** Names that have been renamed, and names that they got. */
  readonly renamed: ReadonlySet<string>;
  readonly placeholders: readonly string[];
  readonly assumptions: readonly string[];
  readonly problems: readonly string[];
  readonly losses: readonly MappingLoss[];
}

/** A renaming, and the names that it is for. */
export interface NameStep {
  readonly change: Renaming;
  readonly isMeant: (name: string) => boolean;
}
