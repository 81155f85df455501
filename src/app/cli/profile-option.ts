import { joinPipelines } from '../../formats/pipeline/join.ts';
import { looksLikePipeline, readPipeline } from '../../formats/pipeline/read.ts';
import { readProfile } from '../../formats/profile/read.ts';
import type { Pipeline } from '../../schema/pipeline.ts';
import type { Profile } from '../../schema/profile.ts';
import { findProfile, profiles } from '../../schema/profiles/index.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { readText } from '../files.ts';
import { valueOf } from './command.ts';
import type { Options } from './command.ts';
import { unknownName, usageFault } from './usage.ts';

/** Where warnings about a file go: what of it is not carried out. */
export type Warn = (diagnostic: Diagnostic) => void;

/**
 * The schema that `--fields` names: a profile that ships, a person's own in a file, or one or several pySigma pipelines,
 * with commas, behind the profile that says of which types the fields are. Undefined where the option is not given.
 */
export async function wantedProfile(options: Options, warn: Warn): Promise<Profile | Diagnostic | undefined> {
  const words = valueOf(options, 'fields');
  if (words === undefined) return undefined;
  const whole = await part(words, warn);
  if (!('code' in whole) || whole.code !== 'usage' || !words.includes(',')) return asProfile(whole);
  const parts: Part[] = [];
  for (const word of words.split(',')) {
    const found = await part(word.trim(), warn);
    if ('code' in found) return found;
    parts.push(found);
  }
  const own = parts.flatMap((each) => ('steps' in each ? [] : [each]));
  if (own.length > 1 || parts.length === own.length)
    return usageFault('--fields takes one profile, and pipelines behind it', '--fields ecs,sysmon.yml,ours.yml');
  return joinPipelines(
    parts.flatMap((each) => ('steps' in each ? [each] : [])),
    own[0],
  );
}

type Part = Profile | Pipeline;

function asProfile(found: Part | Diagnostic): Profile | Diagnostic {
  return 'steps' in found ? joinPipelines([found]) : found;
}

async function part(name: string, warn: Warn): Promise<Part | Diagnostic> {
  const known = findProfile(name);
  if (known) return known;
  const source = await readText(name);
  if ('code' in source)
    return source.code === 'file/missing' ? unknownName('profile', name, Object.keys(profiles)) : source;
  if (!looksLikePipeline(source)) {
    const { profile, diagnostics } = readProfile(source);
    return profile ?? diagnostics[0]!;
  }
  const { pipeline, diagnostics } = readPipeline(source);
  for (const each of diagnostics) if (each.severity !== 'error') warn(each);
  return pipeline ?? diagnostics.find(({ severity }) => severity === 'error')!;
}
