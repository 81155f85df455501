import type { Detection } from '../../ir/detection.ts';
import type { LogSource, Query } from '../../ir/query.ts';
import { any, atomsOf } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { simplify } from '../../passes/simplify.ts';
import { nameSelections } from './write/condition.ts';
import { writeCorrelation } from './write/correlation.ts';
import { detectionMetadata } from './write/metadata.ts';
import { refusal, whyNot } from './write/refusal.ts';
import type { Refusal } from './write/refusal.ts';
import { conditionTree } from './write/selections.ts';
import { itemMap, itemValue, list, map, printDocuments, text } from './write/yaml.ts';
import type { Out } from './write/yaml.ts';

export type { Refusal } from './write/refusal.ts';

/**
 * Writes a detection as Sigma, or says why it can't be said: `readSigma` of the text gives a detection that selects the
 * same events, whatever language this one was read from. Nothing is approximated.
 *
 * Several queries over one log source become one rule with alternatives; over several, a collection (`action: global`).
 * Summaries and sequences become correlation rules over the rules that they are made of.
 */
export function writeSigma(detection: Detection): { readonly text: string } | { readonly refused: Refusal } {
  const queries = joined(detection.queries);
  const [first, ...more] = queries;
  if (first === undefined) return { refused: refusal('the detection has no query', undefined, detection) };
  const staged = queries.find(({ then }) => then.length > 0);
  if (staged) {
    if (more.length > 0)
      return { refused: refusal('Sigma has no union of a correlation and another query', staged.where, detection) };
    const written = writeCorrelation(detection, staged, (query) => sectionsOf(detection, query));
    return 'refused' in written ? written : { text: printDocuments(written.documents) };
  }
  const sections = queries.map((query) => sectionsOf(detection, query));
  for (const each of sections) if ('refused' in each) return each;
  const written = sections.flatMap((each) => ('entries' in each ? [each.entries] : []));
  const metadata = detectionMetadata(detection);
  if (written.length === 1)
    return { text: printDocuments([map([...metadata.head, ...written[0]!, ...metadata.tail])]) };
  const global = map([['action', text('global')], ...metadata.head, ...metadata.tail]);
  return { text: printDocuments([global, ...written.map(map)]) };
}

/** The sections of one query, in their order. */
export type Sections = { readonly entries: readonly (readonly [string, Out])[] } | { readonly refused: Refusal };

/** Queries without stages over one log source are one query with alternatives. */
function joined(queries: readonly Query[]): Query[] {
  const bySource = new Map<string, Query>();
  const rest: Query[] = [];
  for (const query of queries) {
    if (query.then.length > 0) {
      rest.push(query);
      continue;
    }
    const { product, category, service, definition } = query.logsource;
    const key = JSON.stringify([product, category, service, definition]);
    const before = bySource.get(key);
    bySource.set(key, before ? { ...before, where: any([before.where, query.where]) } : query);
  }
  return [...bySource.values(), ...rest];
}

/** Levels that a condition may have; deeper ones no reader of Sigma takes. */
const DEEPEST = 100;

/** Writes `logsource` and `detection` of a query that has no stages. */
function sectionsOf(detection: Detection, { logsource, where }: Query): Sections {
  const { placeholders } = detection;
  if (depthOf(where) > DEEPEST * 4) return { refused: refusal('the predicate is nested too deeply', where, detection) };
  const plain = simplify(where);
  for (const atom of atomsOf(plain)) {
    const why = whyNot(atom, placeholders);
    if (why !== undefined) return { refused: refusal(why, atom, detection) };
  }
  if ((plain.kind === 'all' || plain.kind === 'any') && plain.of.length === 0) {
    const message = plain.kind === 'all' ? 'Sigma has no rule for every event' : 'the query selects no event';
    return { refused: refusal(message, where, detection, 'name at least one field') };
  }
  if (depthOf(plain) > DEEPEST) return { refused: refusal('the predicate is nested too deeply', where, detection) };
  const { selections, condition } = nameSelections(conditionTree(plain, placeholders));
  const written = selections.map(({ name, body }): [string, Out] => {
    if (body.kind === 'keywords') return [name, list(body.values.map(itemValue))];
    return [name, body.maps.length === 1 ? itemMap(body.maps[0]!) : list(body.maps.map(itemMap))];
  });
  return {
    entries: [
      ['logsource', sourceMap(logsource, detection)],
      ['detection', map([...written, ['condition', text(condition)]])],
    ],
  };
}

function depthOf(node: Predicate): number {
  let deepest = 0;
  const waiting: { node: Predicate; depth: number }[] = [{ node, depth: 1 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node: at, depth } = next;
    deepest = Math.max(deepest, depth);
    if (at.kind === 'not') waiting.push({ node: at.of, depth: depth + 1 });
    else if (at.kind === 'all' || at.kind === 'any')
      for (const part of at.of) waiting.push({ node: part, depth: depth + 1 });
  }
  return deepest;
}

function sourceMap({ product, category, service, definition }: LogSource, { extra }: Detection): Out {
  const more = extra['logsource'];
  const own = { category, product, service, definition };
  const entries = Object.entries(own).flatMap(([key, value]): [string, Out][] =>
    value === undefined ? [] : [[key, text(value)]],
  );
  const others = typeof more === 'object' && more !== null ? Object.entries(more) : [];
  return map([...entries, ...others.map(([key, value]): [string, Out] => [key, text(String(value))])]);
}
