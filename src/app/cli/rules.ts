import { readSigma } from '../../formats/sigma/read.ts';
import type { Unit } from '../../formats/sigma/read.ts';
import type { Detection } from '../../ir/detection.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { aboutFile } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import { listFiles, readTexts } from '../files.ts';

/** Rules read from files, and what is to be said about the files. */
export interface Loaded {
  readonly detections: readonly Detection[];
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
  /** The trees of the rules, as `RuleSet` has them. */
  readonly units: readonly Unit[];
}

/**
 * Reads the rules of files and folders. A file that can't be read, and a rule in it, is a diagnostic; the rest is
 * loaded. Nothing loaded at all is a fault as well.
 */
export async function loadRules(paths: readonly string[]): Promise<Loaded> {
  const files = listFiles(paths, isRuleFile);
  const foreign = files.found.flatMap(foreignFormat);
  const texts = await readTexts(files.found.filter((file) => foreignFormat(file).length === 0));
  const { detections, diagnostics, units } = readSigma(texts.found);
  const faults = [...files.faults, ...foreign, ...texts.faults, ...diagnostics];
  const empty = detections.length === 0 && !faults.some(({ severity }) => severity === 'error');
  return {
    detections,
    sources: texts.found,
    diagnostics: empty ? [...faults, nothingIn(paths, files.found)] : faults,
    units,
  };
}

/** In a folder only these are looked at; a file that is named itself may be called anything. */
function isRuleFile(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}

/** Kinds of files that hold rules in other languages, and are not read yet. */
const foreignExtensions = /\.(spl2?|kql|kuery|md|conf|toml|json|ndjson|evtx|zip|gz)$/i;

function foreignFormat(file: string): Diagnostic[] {
  const extension = foreignExtensions.exec(file)?.[1];
  if (extension === undefined) return [];
  const hint = 'rules are read from Sigma files (.yml, .yaml)';
  return [aboutFile(file, 'file/format', `rules in .${extension.toLowerCase()} files are not read`, hint)];
}

function nothingIn(paths: readonly string[], files: readonly string[]): Diagnostic {
  const where = paths.join(', ');
  return files.length === 0
    ? aboutFile(where, 'rules/none', 'there is no rule here: no file of the folder ends in .yml or .yaml')
    : aboutFile(where, 'rules/none', 'there is no rule here');
}

/** What a person named: a file, or one part of it by its number from 1, written `FILE#N`. */
export interface Pick {
  readonly path: string;
  readonly number: number | undefined;
}

/** Reads `FILE#N`; a file whose own name ends that way is found by writing its number behind it. */
export function pickOf(word: string): Pick {
  const [, path, number] = /^(.+)#(\d{1,9})$/.exec(word) ?? [];
  return path === undefined ? { path: word, number: undefined } : { path, number: Number(number) };
}

/** Tells whether there is an error among diagnostics, so that the exit status must be 2. */
export function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
