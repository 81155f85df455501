import type { Mode, Reader } from './reader.ts';
import { RegexFault, takeMatch } from './reader.ts';

type Letter = 'i' | 'm' | 's' | 'x' | 'n' | 'U';

const flagOf: Readonly<Record<Letter, keyof Mode>> = {
  i: 'ignoreCase',
  m: 'multiline',
  s: 'dotAll',
  x: 'extended',
  n: 'explicit',
  U: 'ungreedy',
};

/** Reads a whole `(?i-s)` and returns the flags that hold from here to the end of the group. */
export function readFlagSetting(reader: Reader, mode: Mode): Mode | undefined {
  return changed(takeMatch(reader, /\(\?(\^?)([A-Za-z]*)(?:-([A-Za-z]*))?\)/y), mode);
}

/** Reads the `?i-s:` of a group that has flags of its own, after its `(`. */
export function readGroupFlags(reader: Reader, mode: Mode): Mode | undefined {
  return changed(takeMatch(reader, /\?(\^?)([A-Za-z]*)(?:-([A-Za-z]*))?:/y), mode);
}

function changed(found: RegExpExecArray | undefined, mode: Mode): Mode | undefined {
  if (!found) return undefined;
  const [, reset, on = '', off = ''] = found;
  let now = reset ? { ...mode, ...unset } : mode;
  for (const letter of on) now = withFlag(now, letter, true, found.index);
  if (on.includes('xx')) now = { ...now, loose: true };
  for (const letter of off) now = withFlag(now, letter, false, found.index);
  if (off.includes('x')) now = { ...now, loose: false };
  return now;
}

const unset = { ignoreCase: false, multiline: false, dotAll: false, extended: false, loose: false, explicit: false };

function withFlag(mode: Mode, letter: string, set: boolean, at: number): Mode {
  if (Object.hasOwn(flagOf, letter)) return { ...mode, [flagOf[letter as Letter]]: set };
  if (letter === 'R') throw new RegexFault('a group that calls a group is not read', at);
  throw new RegexFault(`the flag ${letter} is not known`, at, 'known are i, m, s, x, xx, n and U');
}
