import { isEvent } from '../../../events/reading.ts';
import { readEvents } from '../../../events/read-events.ts';
import type { Raw } from '../../../ir/event.ts';
import { storeEvent } from '../../../passes/store-event.ts';
import type { Engine } from '../../../prove/engine.ts';
import { prove } from '../../../prove/prove.ts';
import type { Profile } from '../../../schema/profile.ts';
import { openEvent } from '../../../schema/shapes.ts';
import { aboutFile } from '../../../text/diagnostic.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { allEngines } from '../../engines/index.ts';
import { inflateNatively, listFiles, openEvents } from '../../files.ts';
import { valueOf, valuesOf } from '../command.ts';
import type { Options, Run } from '../command.ts';
import { counted } from '../figures.ts';
import { wantedProfile } from '../profile-option.ts';
import { proofJson } from '../proof-json.ts';
import { addTo, proofText, totalsText } from '../proof-text.ts';
import type { Totals } from '../proof-text.ts';
import { hasError, loadRules } from '../rules.ts';
import { wantedTargets } from '../targets-option.ts';
import { unknownName } from '../usage.ts';

/**
 * `assay prove`: the verdict of each printed query, and what real engines make of it. 1 if an engine contradicts a
 * verdict or can't run a text, or we can't read our own; a verdict that is not `exact` is a result.
 */
export const run: Run = async (paths, options, terminal) => {
  const wanted = await wantedProfile(options, (each) => terminal.report(each));
  const [targets, profile, engines] = [wantedTargets(options), wanted, wantedEngines(options)];
  const faults = [targets, profile, engines].filter((each): each is Diagnostic => each !== undefined && 'code' in each);
  for (const fault of faults) terminal.report(fault);
  if ('code' in targets || 'code' in engines || (profile !== undefined && 'code' in profile)) return 2;

  const loaded = await loadRules(paths);
  const recorded = await readRecorded(valuesOf(options, 'events', 'whole'));
  for (const each of [...loaded.diagnostics, ...recorded.faults].filter(({ severity }) => severity !== 'info'))
    terminal.report(each);

  const isJson = valueOf(options, 'format') === 'json';
  const totals: Totals = { classes: new Map(), skipped: new Map(), rules: 0, failed: 0, verdicts: new Map() };
  let mark = '[';
  try {
    for (const target of targets.found) {
      const stored = storedAs(recorded.events, profile ?? target.profile);
      const asked = { engines: engines.found, recorded: stored, ...(profile && { profile }) };
      for await (const proof of prove(loaded.detections, target, asked)) {
        addTo(totals, proof);
        if (isJson) await terminal.write(`${mark}\n${JSON.stringify(proofJson(proof), null, 2)}`);
        else await terminal.write(proofText(proof));
        mark = ',';
        terminal.progress(`${counted(totals.rules, 'proof')} of ${loaded.detections.length * targets.found.length}`);
      }
    }
  } finally {
    await Promise.all(engines.found.map((engine) => engine.close()));
  }
  terminal.progress('');
  if (isJson) await terminal.write(mark === '[' ? '[]\n' : '\n]\n');
  else await terminal.write(`\n${totalsText(totals)}`);
  if (isJson) for (const [name, install] of totals.skipped) await terminal.note(`${name} was skipped: ${install}\n`);
  if (hasError([...loaded.diagnostics, ...recorded.faults])) return 2;
  return totals.failed > 0 ? 1 : 0;
};

function wantedEngines(options: Options): { readonly found: readonly Engine[] } | Diagnostic {
  const known = allEngines();
  const names = valuesOf(options, 'engine', 'commas');
  const strange = names.find((name) => !known.some((engine) => engine.name === name));
  if (strange !== undefined) return unknownName('engine', strange, [...new Set(known.map(({ name }) => name))]);
  return { found: names.length === 0 ? known : known.filter(({ name }) => names.includes(name)) };
}

/** Recorded events that are kept at once; each rule is tried on all of them. */
const MOST = 20_000;

async function readRecorded(
  paths: readonly string[],
): Promise<{ readonly events: readonly Raw[]; readonly faults: readonly Diagnostic[] }> {
  const { found, faults } = listFiles(paths, () => true);
  const all = [...faults];
  const events: Raw[] = [];
  for (const path of found) {
    const input = openEvents(path);
    if ('code' in input) {
      all.push(input);
      continue;
    }
    const before = events.length;
    let reason: string | undefined;
    for await (const { readings } of readEvents(input, inflateNatively)) {
      for (const reading of readings)
        if (!isEvent(reading)) reason ??= reading.skipped;
        else if (events.length < MOST) events.push(reading.raw);
      if (events.length >= MOST) break;
    }
    if (events.length === before && events.length < MOST)
      all.push(aboutFile(path, 'events/none', reason ?? 'it holds no event'));
    if (events.length >= MOST) {
      const message = `only the first ${counted(MOST, 'event')} are tried`;
      all.push({ ...aboutFile(path, 'prove/many-events', message), severity: 'warning' });
      break;
    }
  }
  return { events, faults: all };
}

function storedAs(events: readonly Raw[], profile: Profile): Raw[] {
  return events.map((raw) => storeEvent(openEvent(raw), profile)).filter((event) => event !== null);
}
