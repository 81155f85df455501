import type { Detection, Origin } from '../../../ir/detection.ts';
import type { Predicate } from '../../../ir/predicate.ts';
import type { Query, Stage } from '../../../ir/query.ts';
import type { Unit } from './collection.ts';
import type { Context, Placeholders } from '../detection/context.ts';
import { readDetection } from '../detection/detection.ts';
import { readLogSource } from '../detection/log-source.ts';
import { readMetadata, textAt } from './metadata.ts';
import type { Report } from '../report.ts';
import { valueAt } from '../yaml/map.ts';

/** A detection with what others may call it by. */
export interface Rule {
  readonly unit: Unit;
  /** Its ids and its `name`: what correlations and filters refer to. */
  readonly calledBy: readonly string[];
  readonly detection: Detection;
}

/** Reads a unit of kind `rule`: one query or more for each of its documents. */
export function readRule(unit: Unit, placeholders: Placeholders, report: Report): Rule {
  const [root] = unit.roots as [Unit['roots'][number]];
  const metadata = readMetadata(root, unit.name, report);
  const context = contextOf(unit, metadata.title, placeholders, report);
  const extra: Record<string, unknown> = { ...metadata.extra };
  const queries = unit.roots.flatMap((each) => {
    const read = readLogSource(valueAt(each, 'logsource'), each, report);
    if (Object.keys(read.extra).length > 0) extra['logsource'] = read.extra;
    return readDetection(each, read.logsource, context);
  });
  const calledBy = namesOf(unit, report);
  const ids = [...new Set(unit.roots.flatMap((each) => textAt(each, 'id', report) ?? []))];
  // A detection has one id; those of the other documents of a collection are kept where nothing is lost.
  if (ids.length > 1) extra['ids'] = ids;
  return { unit, calledBy, detection: detectionOf(unit, { ...metadata, extra }, queries, context) };
}

/** What a unit may be called by: the ids and names of its documents. */
export function namesOf(unit: Unit, report: Report): string[] {
  const names = unit.roots.flatMap((root) => [textAt(root, 'id', report), textAt(root, 'name', report)]);
  return [...new Set(names.filter((name) => name !== null))];
}

/** A fresh context for reading the documents of a unit. */
export function contextOf(unit: Unit, title: string, placeholders: Placeholders, report: Report): Context {
  const { starts } = unit;
  return {
    report,
    title,
    placeholders,
    unresolved: new Set(),
    origins: [],
    documentAt: (offset) => documentAt(starts, offset),
  };
}

/** The last of `starts` (ascending) that is not behind `offset`; files may hold thousands of documents. */
function documentAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Puts a detection together. */
export function detectionOf(
  unit: Unit,
  metadata: ReturnType<typeof readMetadata>,
  queries: readonly Query[],
  { origins, unresolved }: Pick<Context, 'origins' | 'unresolved'>,
): Detection {
  const { name, source } = unit;
  return { ...metadata, name, queries, origins, placeholders: [...unresolved], file: source.name };
}

/** Origins as they look from another file's detection: each says which file it is in. */
export function seenFrom(file: string, { detection, unit }: Pick<Rule, 'detection' | 'unit'>): Origin[] {
  const own = unit.source.name;
  return detection.origins.map((origin) =>
    origin.file !== undefined || own === file ? origin : { ...origin, file: own },
  );
}

/** A query whose origins count from `by` on, so that it can join another detection's list. */
export function shifted(query: Query, by: number): Query {
  if (by === 0) return query;
  return mapQuery(query, (where) => shiftedPredicate(where, by));
}

/** Rebuilds a query with each predicate over events replaced, in the branches of `gather` too. */
export function mapQuery(query: Query, change: (where: Predicate) => Predicate): Query {
  const then = query.then.map((stage): Stage => {
    if (stage.kind === 'gather')
      return { ...stage, of: stage.of.map((branch) => ({ ...branch, query: mapQuery(branch.query, change) })) };
    return stage.kind === 'having' ? { ...stage, where: change(stage.where) } : stage;
  });
  return { ...query, where: change(query.where), then };
}

function shiftedPredicate(node: Predicate, by: number): Predicate {
  const origin = node.origin === undefined ? {} : { origin: node.origin + by };
  switch (node.kind) {
    case 'all':
    case 'any':
      return { ...node, of: node.of.map((part) => shiftedPredicate(part, by)), ...origin };
    case 'not':
      return { ...node, of: shiftedPredicate(node.of, by), ...origin };
    default:
      return { ...node, ...origin };
  }
}
