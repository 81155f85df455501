import { basename } from 'node:path';
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
import { commented, notesOn } from '../conversion-text.ts';
import { wantedProfile } from '../profile-option.ts';
import { hasError, loadRules } from '../rules.ts';
import type { Loaded } from '../rules.ts';
import type { Terminal } from '../terminal.ts';
import { wantedTargets } from '../targets-option.ts';

/** `assay convert`: rules as queries. A rule that a language can't say is refused with its reason, which is a result. */
export const run: Run = async (paths, options, terminal) => {
  const wanted = wantedTargets(options);
  const profile = await wantedProfile(options);
  const faults = [wanted, profile].filter((each): each is Diagnostic => each !== undefined && 'code' in each);
  for (const fault of faults) terminal.report(fault);
  if ('code' in wanted || (profile !== undefined && 'code' in profile)) return 2;

  const loaded = await loadRules(paths);
  for (const each of loaded.diagnostics.filter(({ severity }) => severity !== 'info')) terminal.report(each);
  const folder = valueOf(options, 'out');
  const format = valueOf(options, 'format');
  const written: Diagnostic[] = [];
  if (folder !== undefined)
    written.push(...(await writeFiles(folder, format, loaded, wanted.found, profile, terminal)));
  else if (format === 'json') await writeJson(loaded, wanted.found, profile, (text) => terminal.write(text));
  else for (const each of conversions(loaded, wanted.found, profile)) await writeText(each, loaded.sources, terminal);
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

async function writeJson(
  loaded: Loaded,
  wanted: readonly Target[],
  profile: Profile | undefined,
  write: (text: string) => void | Promise<void>,
): Promise<void> {
  let mark = '[';
  for (const each of conversions(loaded, wanted, profile)) {
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
    const comment = commented(notes, conversion.target.dialect.extension);
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
  wanted: readonly Target[],
  profile: Profile | undefined,
  terminal: Terminal,
): Promise<Diagnostic[]> {
  const faults: Diagnostic[] = [];
  const used = new Set<string>();
  const all: string[] = [];
  for (const each of conversions(loaded, wanted, profile)) {
    all.push(JSON.stringify(conversionJson(each, aboutRule(each, loaded)), null, 2));
    const text = format === 'json' ? '' : fileText(each);
    if (text === '') continue;
    const name = unused(`${stemOf(each)}.${each.target.name}`, each.target.dialect.extension, used);
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
        : [`${commented(notesOn(conversion, query), conversion.target.dialect.extension) ?? ''}${query.text}\n`],
    )
    .join('\n');
}

/** The name of a rule's file without its extension, with the number of the rule where the file holds several. */
function stemOf({ detection: { file, name } }: Conversion): string {
  const stem = file === STANDARD_INPUT ? 'rule' : basename(file).replace(/\.ya?ml$/i, '');
  const number = name.startsWith(`${file}#`) ? name.slice(file.length + 1) : undefined;
  return safeName(number === undefined ? stem : `${stem}-${number}`);
}

/** Files of different folders may have one name: the second gets a number. */
function unused(stem: string, extension: string, used: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}.${extension}`;
    if (used.has(name.toLowerCase())) continue;
    used.add(name.toLowerCase());
    return name;
  }
}
