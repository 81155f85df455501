/** How PowerShell writes texts. The only place where a character is escaped. */
import type { Pattern } from '../../ir/pattern.ts';

/**
 * A text between apostrophes, in which nothing means anything but an apostrophe; PowerShell takes four typographic ones for
 * it, too (about_Quoting_Rules). With control characters it stands between `"`, so that it stays on one line.
 */
export function quoted(text: string): string {
  if (!/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text)) return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
  const escaped = text.replace(/["“”„`$]/g, '`$&').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, control);
  return `"${escaped}"`;
}

const SHORT: Readonly<Record<string, string>> = { '\n': '`n', '\r': '`r', '\t': '`t' };

function control(character: string): string {
  return SHORT[character] ?? `$([char]${character.charCodeAt(0)})`;
}

/** The right side of `-like`: a backtick makes a sign itself (about_Wildcards). Holes of one character are not for it. */
export function wildcard(pattern: Pattern): string {
  return pattern.map((piece) => (typeof piece === 'string' ? piece.replace(/[*?[\]`]/g, '`$&') : '*')).join('');
}
