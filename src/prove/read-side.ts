import { readTarget } from '../formats/read-target.ts';
import { readSigma } from '../formats/sigma/read.ts';
import type { Target } from '../formats/targets.ts';
import type { Detection } from '../ir/detection.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { Query, Stage } from '../ir/query.ts';
import type { Profile } from '../schema/profile.ts';
import { aboutFile } from '../text/diagnostic.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Source } from '../text/source.ts';
import type { QuerySide, RuleSide, Side } from './side.ts';

/** A side, with what is to be said of its text; or what keeps it from being read. */
export type ReadSide<S extends Side = Side> =
  { readonly side: S; readonly diagnostics: readonly Diagnostic[] } | { readonly fault: Diagnostic };

/**
 * Reads the rules of a Sigma file as one side: their union, or, where `number` is given, the query of that number in the
 * file, from 1.
 */
export function readRuleSide(source: Source, label: string, number?: number): ReadSide<RuleSide> {
  const { detections, diagnostics } = readSigma([source]);
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  if (fault) return { fault };
  const [first] = detections;
  if (!first) return { fault: aboutFile(source.name, 'rules/none', 'there is no rule here') };
  const picked = number === undefined ? together(detections) : pick(detections, number);
  return picked
    ? { side: { kind: 'rule', label, detection: picked }, diagnostics }
    : { fault: noSuch(source, number!) };
}

/**
 * Several rules as one detection, their union. Origins are indices into a list of the rule's own, so those of the later
 * rules are moved behind those of the earlier.
 */
function together(detections: readonly Detection[]): Detection {
  const [first, ...others] = detections;
  return others.reduce<Detection>(
    (sum, each) => ({
      ...sum,
      queries: [...sum.queries, ...each.queries.map((query) => moved(query, sum.origins.length))],
      origins: [...sum.origins, ...each.origins],
      placeholders: [...sum.placeholders, ...each.placeholders],
      samples: [...sum.samples, ...each.samples],
    }),
    first!,
  );
}

function moved(query: Query, by: number): Query {
  const then = query.then.map((stage): Stage => {
    if (stage.kind !== 'gather') return stage;
    return { ...stage, of: stage.of.map((branch) => ({ ...branch, query: moved(branch.query, by) })) };
  });
  return { ...query, where: movedIn(query.where, by), then };
}

function movedIn(node: Predicate, by: number): Predicate {
  const origin = node.origin === undefined ? {} : { origin: node.origin + by };
  switch (node.kind) {
    case 'all':
    case 'any':
      return { ...node, of: node.of.map((part) => movedIn(part, by)), ...origin };
    case 'not':
      return { ...node, of: movedIn(node.of, by), ...origin };
    default:
      return { ...node, ...origin };
  }
}

function pick(detections: readonly Detection[], number: number): Detection | undefined {
  let before = 0;
  for (const detection of detections) {
    const query = detection.queries[number - 1 - before];
    if (query) return { ...detection, queries: [query] };
    before += detection.queries.length;
  }
  return undefined;
}

/** Reads a text of a query language as one side: the union of its queries, or the one of that number, from 1. */
export function readQuerySide(
  source: Source,
  label: string,
  target: Target,
  {
    profile = target.profile,
    number,
  }: { readonly profile?: Profile | undefined; readonly number?: number | undefined } = {},
): ReadSide<QuerySide> {
  const { queries, diagnostics, assumptions, premises } = readTarget(source, target, profile);
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  if (fault) return { fault };
  const chosen = number === undefined ? queries : queries.slice(number - 1, number);
  if (queries.length === 0) return { fault: aboutFile(source.name, 'query/none', 'there is no query here') };
  if (chosen.length === 0) return { fault: noSuch(source, number!) };
  const side: QuerySide = {
    kind: 'query',
    label,
    dialect: target.dialect,
    profile,
    queries: chosen,
    assumptions: [...profile.assumptions, ...assumptions, ...premises],
  };
  return { side, diagnostics };
}

function noSuch({ name }: Source, number: number): Diagnostic {
  return aboutFile(name, 'side/number', `it holds no query number ${number}`);
}
