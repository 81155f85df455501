import { extensionOf, findTarget, targets } from '../../formats/targets.ts';
import type { Target } from '../../formats/targets.ts';
import { readQuerySide, readRuleSide } from '../../prove/read-side.ts';
import type { Side } from '../../prove/side.ts';
import type { Profile } from '../../schema/profile.ts';
import { aboutFile } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import { readText } from '../files.ts';
import { pickOf } from './rules.ts';

/** A side that could be read, and the text that its places point into; or why it could not be read. */
export type FoundSide =
  | { readonly side: Side; readonly source: Source; readonly diagnostics: readonly Diagnostic[] }
  | { readonly fault: Diagnostic };

/**
 * Reads what a word of the command line names: a file (`rule.yml`, `search.spl`), one query of it (`FILE#N`), a query
 * (`splunk:index=x`), or a file of queries whatever its name (`splunk:@FILE`, `splunk:@FILE#N`). `profile` replaces the
 * usual schema of a query's target.
 */
export async function findSide(word: string, profile: Profile | undefined): Promise<FoundSide> {
  const [, name = '', rest = ''] = /^([a-z][a-z0-9-]*):([^]*)$/i.exec(word) ?? [];
  const target = languageOf(name);
  if (!target) return fromFile(word, undefined, word, profile);
  if (rest.startsWith('@')) return fromFile(rest.slice(1), target, word, profile);
  return read({ name: `<${name}>`, text: rest }, target, word, undefined, profile);
}

/** Sigma's own text, or a query language. */
type Language = 'sigma' | Target;

function languageOf(name: string): Language | undefined {
  if (name === 'sigma') return 'sigma';
  return findTarget(name) ?? targets.find(({ dialect }) => dialect.name === name);
}

async function fromFile(
  word: string,
  language: Language | undefined,
  label: string,
  profile: Profile | undefined,
): Promise<FoundSide> {
  const { path, number } = pickOf(word);
  const chosen = language ?? byExtension(path);
  if (typeof chosen === 'object' && 'code' in chosen) return { fault: chosen };
  const source = await readText(path);
  if ('code' in source) return { fault: withHint(source, word) };
  return read(source, chosen, label, number, profile);
}

/** A file without an extension that a query language claims holds Sigma rules; `x.graylog.lucene` says it of itself. */
function byExtension(path: string): Language | Diagnostic {
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase();
  if (extension === undefined || /^(?:ya?ml|txt)$/.test(extension)) return 'sigma';
  const own = findTarget(/\.([a-z0-9-]+)\.[a-z0-9]+$/i.exec(path)?.[1] ?? '');
  if (own && extensionOf(own) === extension) return own;
  const target = targets.find(({ dialect }) => dialect.extension === extension);
  if (target) return target;
  const known = [...new Set(targets.map(({ dialect }) => `.${dialect.extension}`))].join(', ');
  const hint = `files of .yml, ${known} are read; of another, say its language: splunk:@${path}`;
  return aboutFile(path, 'side/format', `detections in .${extension} files are not read`, hint);
}

/** A word such as `kql:query` names no language that is read, and then no file either. */
function withHint(fault: Diagnostic, word: string): Diagnostic {
  const prefix = /^([a-z][a-z0-9-]+):/i.exec(word)?.[1];
  if (fault.code !== 'file/missing' || prefix === undefined) return fault;
  const names = ['sigma', ...targets.map(({ name }) => name)].join(', ');
  return { ...fault, hint: `there is no language '${prefix}' either: choose from ${names}` };
}

function read(
  source: Source,
  language: Language,
  label: string,
  number: number | undefined,
  profile: Profile | undefined,
): FoundSide {
  const found =
    language === 'sigma'
      ? readRuleSide(source, label, number)
      : readQuerySide(source, label, language, { profile, number });
  return 'fault' in found ? found : { ...found, source };
}
