import { all, always, not } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Expression, Query, Stage } from '../../ir/query.ts';
import { keyOf } from '../../passes/distinct.ts';
import type { Profile } from '../../schema/profile.ts';
import { lossesOf } from '../dialect.ts';
import type { Loss, Printed } from '../dialect.ts';
import { sentences } from './assumptions.ts';
import type { Noted } from './assumptions.ts';
import { capabilities } from './capabilities.ts';
import { printSearch, sayable, widened } from './print-search.ts';
import { printStages } from './print-stages.ts';
import { printWhere } from './print-where.ts';
import type { Setting } from './print-where.ts';
import { unwritable } from './regex-text.ts';

/**
 * Writes a query as SPL.
 *
 * What the `search` command can say comes first, as people write it; what it can't (a hole of one character, a literal
 * `*`, letters whose case counts, regular expressions, fields compared with each other) goes into one `| where`, and the
 * search before it keeps the nearest wider test, so that Splunk reads as few events as it can:
 *
 *     CommandLine="*a*c*" | where match(CommandLine, "(?is)a.c")
 */
export function print(query: Query, profile: Profile): Printed {
  const conditions = [query.where, ...query.then.flatMap(conditionsIn)];
  const losses = [...conditions.flatMap(unwritable), ...lossesOf(capabilities, query), ...bursts(query)];
  if (losses.some(({ effect }) => effect === 'refused')) return { kind: 'refused', losses };
  const noted: Noted = new Set();
  const setting: Setting = { noted, multiValued: new Set(profile.multiValued), figures: new Set() };
  const commands = [...filter(query.where, setting), ...printStages(query.then, setting)];
  return { kind: 'text', text: commands.join(' | '), losses, assumptions: sentences(noted) };
}

/** The conditions that a stage is printed with. */
function conditionsIn(stage: Stage): Predicate[] {
  const within = (node: Expression): Predicate[] => {
    if (node.kind === 'call') return node.with.flatMap(within);
    if (node.kind !== 'when') return [];
    return [...node.cases.flatMap(([when, then]) => [when, ...within(then)]), ...within(node.otherwise)];
  };
  if (stage.kind === 'having') return [stage.where];
  return stage.kind === 'derive' ? within(stage.from) : [];
}

function filter(where: Predicate, setting: Setting): string[] {
  const parts = conjuncts(where);
  const rest = parts.filter((part) => !sayable(part));
  if (rest.length === 0) return [printSearch(all(parts), setting.noted)];
  const wide = parts.map(widened).filter((part) => part !== undefined);
  const once = new Map(wide.map((part) => [keyOf(part), part])).values();
  const search = wide.length === 0 ? always : all([...once]);
  return [printSearch(search, setting.noted), `where ${printWhere(all(rest), setting)}`];
}

/** A condition on a sliding window holds of event after event; the rule means the first of them. */
function bursts({ then }: Query): Loss[] {
  const windowed = then.findIndex((stage) => stage.kind === 'summarize' && stage.within !== null);
  if (windowed === -1 || !then.slice(windowed).some(({ kind }) => kind === 'having')) return [];
  const why = 'the search reports every event at which the condition holds, not only the one that made it true';
  return [{ feature: 'stage.having', effect: 'wider', why, origin: undefined }];
}

/** The parts of `all`s in `all`s, flat; what `search` can't say is taken apart under a `not`, too. */
function conjuncts(node: Predicate): Predicate[] {
  if (node.kind === 'all') return node.of.flatMap(conjuncts);
  if (node.kind === 'not' && node.of.kind === 'any' && !sayable(node))
    return node.of.of.flatMap((part) => conjuncts(not(part)));
  return [node];
}
