import { readProfile } from '../../formats/profile/read.ts';
import type { Profile } from '../../schema/profile.ts';
import { findProfile, profiles } from '../../schema/profiles/index.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { readText } from '../files.ts';
import { valueOf } from './command.ts';
import type { Options } from './command.ts';
import { unknownName } from './usage.ts';

/** The schema that `--fields` names: a profile that ships, or a person's own in a file; undefined where it is not given. */
export async function wantedProfile(options: Options): Promise<Profile | Diagnostic | undefined> {
  const name = valueOf(options, 'fields');
  if (name === undefined) return undefined;
  const known = findProfile(name);
  if (known) return known;
  const source = await readText(name);
  if ('code' in source)
    return source.code === 'file/missing' ? unknownName('profile', name, Object.keys(profiles)) : source;
  const { profile, diagnostics } = readProfile(source);
  return profile ?? diagnostics[0]!;
}
