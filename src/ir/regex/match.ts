import type { Regex } from './tree.ts';

/** Provisional (the regex engineer replaces this file): JavaScript's own engine, not linear. */
export function compileRegex(regex: Regex): ((text: string) => boolean) | { refused: string } {
  const flags = `u${regex.flags.ignoreCase ? 'i' : ''}${regex.flags.multiline ? 'm' : ''}${regex.flags.dotAll ? 's' : ''}`;
  try {
    const own = new RegExp(regex.source, flags);
    return (text) => own.test(text);
  } catch (fault) {
    return { refused: String(fault) };
  }
}
