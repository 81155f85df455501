/**
 * Assay's library: read detections, hunt with them, print them in other languages, learn what each print is worth.
 *
 * Everything here is a pure function over plain data; no file, network or clock is touched. Bad rules and bad events
 * come back as diagnostics, never as exceptions. The examples are run by a test.
 */
import type { Explanation } from './engine/explain.ts';
import { explainMatch } from './engine/explain.ts';
import { alertHit, hitOf } from './engine/hit.ts';
import type { Hit, Placed } from './engine/hit.ts';
import { planHunt } from './engine/plan.ts';
import { readSigma } from './formats/sigma/read.ts';
import { targets } from './formats/targets.ts';
import type { Detection } from './ir/detection.ts';
import type { Raw } from './ir/event.ts';
import { compare as compareSides } from './prove/compare.ts';
import type { CompareOptions, Comparison } from './prove/compare.ts';
import { convert as convertTo } from './prove/convert.ts';
import type { Conversion } from './prove/convert.ts';
import type { Engine } from './prove/engine.ts';
import { prove as proveIn } from './prove/prove.ts';
import type { Proof } from './prove/prove.ts';
import { readQuerySide } from './prove/read-side.ts';
import type { QuerySide, Side } from './prove/side.ts';
import { synthesizeEvents } from './prove/synth.ts';
import type { Made, SynthOptions } from './prove/synth.ts';
import { openEvent } from './schema/shapes.ts';
import type { Diagnostic } from './text/diagnostic.ts';
import type { Source } from './text/source.ts';
import type { Target } from './formats/targets.ts';

export type { Detection } from './ir/detection.ts';
export type { Raw } from './ir/event.ts';
export type { Predicate } from './ir/predicate.ts';
export type { Query, Stage } from './ir/query.ts';
export type { Hit } from './engine/hit.ts';
export type { Conversion, Conversed } from './prove/convert.ts';
export type { Verdict } from './prove/verdict.ts';
export type { CompareOptions, Comparison, Why } from './prove/compare.ts';
export type { QuerySide } from './prove/side.ts';
export type { Made, MadeEvent, SynthOptions } from './prove/synth.ts';
export type { Availability, Engine, Ran } from './prove/engine.ts';
export type { Proof } from './prove/prove.ts';
export type { Executed, Tally } from './prove/run-engine.ts';
export type { Explanation, Finding } from './engine/explain.ts';
export type { Diagnostic } from './text/diagnostic.ts';
export type { Source } from './text/source.ts';
export { render as renderDiagnostic } from './text/diagnostic.ts';
export { targets } from './formats/targets.ts';

/**
 * Reads Sigma rules. A rule that can't be read is a diagnostic with its place; the others are returned.
 *
 * ```ts
 * const { detections, diagnostics } = assay.readRules([{ name: 'whoami.yml', text: `
 * title: Who am I
 * logsource: { product: windows, category: process_creation }
 * detection: { selection: { 'Image|endswith': '\\\\whoami.exe' }, condition: selection }
 * ` }]);
 * detections.map((each) => each.title)   // => ['Who am I']
 * diagnostics.filter((each) => each.severity === 'error').length   // => 0
 * ```
 */
export function readRules(
  sources: Iterable<Source>,
  options: { readonly placeholders?: Readonly<Record<string, readonly (string | number)[]>> } = {},
): { readonly detections: readonly Detection[]; readonly diagnostics: readonly Diagnostic[] } {
  return readSigma(sources, options);
}

/**
 * Runs detections over events and gives every hit, in the order of the events; hits of rules over several events come
 * last. The shape of each event (flat, winlogbeat, Windows' own JSON) is recognised by itself.
 *
 * ```ts
 * const events = [
 *   { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Image: 'C:\\Windows\\System32\\WHOAMI.EXE' },
 *   { winlog: { channel: 'Security', event_id: 4688, event_data: { NewProcessName: 'C:\\Tools\\whoami.exe' } } },
 *   { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 3, Image: 'C:\\Windows\\System32\\whoami.exe' },
 * ];
 * assay.hunt(detections, events).map((hit) => hit.from.record)   // => [1, 2]
 * ```
 */
export function hunt(detections: readonly Detection[], events: Iterable<Raw>, file = '<events>'): Hit[] {
  const plan = planHunt(detections);
  const kept: Placed[] = [];
  const hits: Hit[] = [];
  for (const raw of events) {
    const placed = { recorded: openEvent(raw), raw, from: { file, record: kept.length + 1 } };
    kept.push(placed);
    for (const match of plan.match(placed.recorded)) hits.push(hitOf(match, placed));
    for (const watcher of plan.watchers) watcher.watch(placed.recorded, kept.length - 1);
  }
  const alerts = plan.watchers.flatMap((watcher) =>
    watcher.alerts().map(({ row, tickets }) =>
      alertHit(
        watcher.detection,
        row,
        tickets.map((ticket) => kept[ticket]!),
      ),
    ),
  );
  return [...hits, ...alerts.filter((hit) => hit !== undefined)];
}

/**
 * Prints a detection in a target's language, and says for each printed query whether it selects the same events.
 *
 * ```ts
 * const [query] = assay.convert(detections[0], 'splunk').queries;
 * query.text.includes('Image="*\\\\whoami.exe"')   // => true
 * query.verdict   // => 'exact'
 * ```
 */
export function convert(detection: Detection, target: string): Conversion {
  return convertTo(detection, targetOf(target));
}

/** @throws RangeError for a name that is no target's: a mistake of the caller, not of a person's input. */
function targetOf(target: string): Target {
  const found = targets.find(({ name }) => name === target);
  if (!found) throw new RangeError(`no target '${target}'; there are ${targets.map(({ name }) => name).join(', ')}`);
  return found;
}

/**
 * Reads a text of a target's language, in the field names of its usual schema, so that it can be compared. Several
 * queries of one text are their union. `query` is null if the text can't be read.
 *
 * ```ts
 * const { query: search } = assay.readQuery({ name: 'search.spl', text: 'EventCode=1 Image="*whoami.exe"' }, 'splunk');
 * assay.readQuery({ name: 'half.spl', text: 'Image=' }, 'splunk').diagnostics[0].message   // => 'expected a value'
 * ```
 */
export function readQuery(
  source: Source,
  target: string,
): { readonly query: QuerySide | null; readonly diagnostics: readonly Diagnostic[] } {
  const read = readQuerySide(source, source.name, targetOf(target));
  return 'fault' in read
    ? { query: null, diagnostics: [read.fault] }
    : { query: read.side, diagnostics: read.diagnostics };
}

/**
 * Decides how two detections stand to each other, whatever languages they are in, and shows an event for each
 * difference.
 *
 * ```ts
 * const { relation } = assay.compare(detections[0], search);
 * relation.relation   // => 'overlap'
 * relation.onlyA.EventCode   // => 4688
 * relation.onlyB.Image   // => 'whoami.exe'
 * ```
 */
export function compare(a: Detection | QuerySide, b: Detection | QuerySide, options: CompareOptions = {}): Comparison {
  return compareSides(sideOf(a), sideOf(b), options);
}

function sideOf(detection: Detection | QuerySide): Side {
  return 'queries' in detection && 'dialect' in detection
    ? detection
    : { kind: 'rule', label: detection.name, detection };
}

/**
 * Makes events that a detection selects, one for each way in which it can, then some that it just misses, then some
 * with values that languages disagree on. A hunt has confirmed each.
 *
 * ```ts
 * const made = assay.synthesize(detections[0], { count: 2 });
 * made.events.map((each) => each.kind)   // => ['match', 'match', 'near-miss', 'near-miss', 'awkward', 'awkward']
 * assay.hunt(detections, made.events.map((each) => each.event)).map((hit) => hit.from.record)   // => [1, 2]
 * ```
 */
export function synthesize(detection: Detection, options: SynthOptions = {}): Made {
  return synthesizeEvents(detection, options);
}

/**
 * Says what a printed detection is worth, having real engines run it over events made for it. Engines are values: this
 * library starts none. Without one the verdict is that of `convert`.
 *
 * ```ts
 * const everything = {
 *   name: 'everything', dialect: 'splunk',
 *   available: async () => ({ ok: true }),
 *   run: async (queries, events) => queries.map(() => ({ kind: 'hits', hits: events.map(() => true) })),
 *   close: async () => {},
 * };
 * const [proof] = await assay.prove([detections[0]], 'splunk', [everything]);
 * proof.verdict   // => 'exact'
 * proof.failures[0].startsWith('everything selects an event of which the verdict says otherwise')   // => true
 * ```
 */
export async function prove(
  detections: readonly Detection[],
  target: string,
  engines: readonly Engine[] = [],
): Promise<Proof[]> {
  const proofs: Proof[] = [];
  for await (const proof of proveIn(detections, targetOf(target), { engines })) proofs.push(proof);
  return proofs;
}

/**
 * Explains why a detection selects an event or does not, test by test.
 *
 * ```ts
 * const why = assay.explain(detections[0], { Channel: 'Security', EventID: 4688, NewProcessName: 'C:\\x.exe' });
 * why.selected   // => false
 * why.queries[0].finding.values   // => ['C:\\x.exe']
 * ```
 */
export function explain(detection: Detection, event: Raw): Explanation {
  return explainMatch(detection, openEvent(event));
}
