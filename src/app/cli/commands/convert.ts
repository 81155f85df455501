import { basename } from 'node:path';
import { extensionOf } from '../../../formats/targets.ts';
import type { Target } from '../../../formats/targets.ts';
import { convert } from '../../../prove/convert.ts';
import type { Conversed, Conversion } from '../../../prove/convert.ts';
import type { Profile } from '../../../schema/profile.ts';
import { aboutFile } from '../../../text/diagnostic.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { Source } from '../../../text/source.ts';
import { STANDARD_INPUT, safeName, writeInside } from '../../files.ts';
import { valueOf } from '../command.ts';
import type { Run } from '../command.ts';
import { conversionJson } from '../conversion-json.ts';
import { matrixCsv, matrixText, standingOf, summaryText } from '../conversion-matrix.ts';
import type { Standing } from '../conversion-matrix.ts';
import { commented, notesOn } from '../conversion-text.ts';
import { count } from '../figures.ts';
import { wantedProfile } from '../profile-option.ts';
import { hasError, loadRules } from '../rules.ts';
import type { Loaded } from '../rules.ts';
import type { Terminal } from '../terminal.ts';
import { wantedTargets } from '../targets-option.ts';

/** `assay convert`: rules as queries. A rule that a language can't say is refused with its reason, which is a result. */
export const run: Run = async (paths, options, terminal) => {
  const wanted = wantedTargets(options);
  const profile = await wantedProfile(options, (each) => terminal.report(each));
  const faults = [wanted, profile].filter((each): each is Diagnostic => each !== undefined && 'code' in each);
  for (const fault of faults) terminal.report(fault);
  if ('code' in wanted || (profile !== undefined && 'code' in profile)) return 2;

  const loaded = await loadRules(paths);
  for (const each of loaded.diagnostics.filter(({ severity }) => severity !== 'info')) terminal.report(each);
  const folder = valueOf(options, 'out');
  const format = valueOf(options, 'format');
  const written: Diagnostic[] = [];
  const standings: Standing[] = [];
  const made = watched(conversions(loaded, wanted.found, profile), loaded, wanted.found, standings, terminal);
  if (folder !== undefined) written.push(...(await writeFiles(folder, format, loaded, made, terminal)));
  else if (format === 'json') await writeJson(loaded, made, (text) => terminal.write(text));
  else for (const each of made) await writeText(each, loaded.sources, terminal);
  terminal.progress('');
  if (folder !== undefined) written.push(...(await writeMatrix(folder, standings, terminal)));
  if (format !== 'json' && isMatrix(standings)) await terminal.note(overview(standings, terminal));
  for (const fault of written) terminal.report(fault);
  return hasError(loaded.diagnostics) || written.length > 0 ? 2 : 0;
};

function* conversions(
  { detections }: Loaded,
  wanted: readonly Target[],
  profile: Profile | undefined,
): Generator<Conversion> {
  for (const detection of detections)
    for (const target of wanted) yield profile ? convert(detection, target, profile) : convert(detection, target);
}

/** Passes conversions on, keeping what each is worth and showing how far the work is. */
function* watched(
  made: Iterable<Conversion>,
  { detections }: Loaded,
  { length }: readonly Target[],
  standings: Standing[],
  terminal: Terminal,
): Generator<Conversion> {
  const all = detections.length * length;
  for (const each of made) {
    standings.push(standingOf(each));
    if (all > WORTH_SHOWING) terminal.progress(`${count(standings.length)} of ${count(all)} conversions`);
    yield each;
  }
}

/** Fewer conversions are done before a person has read how many there are. */
const WORTH_SHOWING = 100;

/** Rules that are drawn one by one; of more than that a person reads the file. */
const MOST_ROWS = 60;

/** Whether there is something to set side by side: several rules, or several targets. */
function isMatrix(standings: readonly Standing[]): boolean {
  return standings.length > 1;
}

function overview(standings: readonly Standing[], { width }: Terminal): string {
  const rules = new Set(standings.map(({ rule }) => rule)).size;
  const matrix = rules > MOST_ROWS ? '' : `${matrixText(standings, width)}\n`;
  return `\n${matrix}${summaryText(standings)}`;
}

async function writeMatrix(folder: string, standings: readonly Standing[], terminal: Terminal): Promise<Diagnostic[]> {
  const written = writeInside(folder, 'matrix.csv', matrixCsv(standings), 'replace');
  if (typeof written !== 'string') return [written];
  await terminal.write(`${written}\n`);
  return [];
}

async function writeJson(
  loaded: Loaded,
  made: Iterable<Conversion>,
  write: (text: string) => void | Promise<void>,
): Promise<void> {
  let mark = '[';
  for (const each of made) {
    await write(`${mark}\n${JSON.stringify(conversionJson(each, aboutRule(each, loaded)), null, 2)}`);
    mark = ',';
  }
  await write(mark === '[' ? '[]\n' : '\n]\n');
}

function aboutRule({ detection }: Conversion, { diagnostics }: Loaded): Diagnostic[] {
  return diagnostics.filter(({ source }) => source.name === detection.file);
}

/** Query on standard output; what is to be known of it in a comment, or, if the language has none, on standard error. */
async function writeText(conversion: Conversion, sources: readonly Source[], terminal: Terminal): Promise<void> {
  for (const query of conversion.queries) {
    const notes = notesOn(conversion, query);
    const comment = commented(notes, extensionOf(conversion.target));
    if (query.text === null) terminal.report(refusal(conversion, query, sources));
    else {
      if (comment === undefined) await terminal.note(`${notes.join('\n')}\n`);
      await terminal.write(`${comment ?? ''}${query.text}\n\n`);
    }
  }
}

/** Why a query was refused, at the place of the rule that the language can't say. */
function refusal({ detection, target }: Conversion, query: Conversed, sources: readonly Source[]): Diagnostic {
  const loss = query.losses.find(({ effect }) => effect === 'refused');
  const message = `${target.name} can not say this rule: ${loss?.why ?? query.reason ?? 'no reason was given'}`;
  const source = sources.find(({ name }) => name === detection.file);
  const about = { ...aboutFile(detection.name, 'convert/refused', message), severity: 'warning' } as const;
  return loss?.place && source ? { ...about, source, span: loss.place.span } : about;
}

/** Writes a file for each rule and target that can say it, and `conversions.json` with all that is known. */
async function writeFiles(
  folder: string,
  format: string | undefined,
  loaded: Loaded,
  made: Iterable<Conversion>,
  terminal: Terminal,
): Promise<Diagnostic[]> {
  const faults: Diagnostic[] = [];
  const used = new Set<string>();
  const all: string[] = [];
  for (const each of made) {
    all.push(JSON.stringify(conversionJson(each, aboutRule(each, loaded)), null, 2));
    const text = format === 'json' ? '' : fileText(each);
    if (text === '') continue;
    const name = unused(`${stemOf(each)}.${each.target.name}`, extensionOf(each.target), used);
    const written = writeInside(folder, name, text, 'replace');
    if (typeof written === 'string') await terminal.write(`${written}\n`);
    else faults.push(written);
  }
  const list = all.length === 0 ? '[]\n' : `[\n${all.join(',\n')}\n]\n`;
  const written = writeInside(folder, 'conversions.json', list, 'replace');
  if (typeof written === 'string') await terminal.write(`${written}\n`);
  else faults.push(written);
  return faults;
}

/** The texts of a conversion with their comments; empty if all were refused. */
function fileText(conversion: Conversion): string {
  return conversion.queries
    .flatMap((query) =>
      query.text === null
        ? []
        : [`${commented(notesOn(conversion, query), extensionOf(conversion.target)) ?? ''}${query.text}\n`],
    )
    .join('\n');
}

/** The name of a rule's file without its extension, with the number of the rule where the file holds several. */
function stemOf({ detection: { file, name } }: Conversion): string {
  const stem = file === STANDARD_INPUT ? 'rule' : basename(file).replace(/\.ya?ml$/i, '');
  const number = name.startsWith(`${file}#`) ? name.slice(file.length + 1) : undefined;
  return safeName(number === undefined ? stem : `${stem}-${number}`).slice(0, LONGEST_STEM);
}

/** So that the names of target and language behind it are not cut off, which would put every target into one file. */
const LONGEST_STEM = 100;

/** Files of different folders may have one name: the second gets a number. */
function unused(stem: string, extension: string, used: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}.${extension}`;
    if (used.has(name.toLowerCase())) continue;
    used.add(name.toLowerCase());
    return name;
  }
}
