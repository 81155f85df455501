/**
 * At least as many bytes as PCRE2 compiles an expression of ours to, with links of two bytes as distributions build it:
 * more than 64 K are refused (pcre2limits, "the maximum size of a compiled pattern is 64 thousand code units").
 */
export function compiledSize(expression: string): number {
  // One entry a group that is open: where it began in the sum, so that a counted repeat copies it.
  const open: number[] = [];
  let sum = 10;
  let last = 0;
  for (let at = 0; at < expression.length;) {
    const before = sum;
    TOKEN.lastIndex = at;
    const [token] = TOKEN.exec(expression)!;
    at = TOKEN.lastIndex;
    if (token.startsWith('(')) {
      open.push(sum);
      sum += 6;
      last = sum;
      continue;
    }
    if (token === ')') {
      last = open.pop() ?? 0;
      sum += 3;
      continue;
    }
    if (token.startsWith('{')) {
      const [, least, most] = /\{(\d+)(?:,(\d*))?\}/.exec(token) ?? [];
      const copies = Math.max(Number(least ?? 1), Number(most ?? 0)) || 1;
      sum += (sum - last + 6) * (copies - 1) + 6;
      continue;
    }
    last = before;
    sum += token.startsWith('[') ? classSize(token) : token.startsWith('\\') ? 5 : characterSize(token);
  }
  return sum;
}

/** Beyond this an expression is taken to be too large. */
export const MOST_BYTES = 65_000;

/** The start of a group, its end, a count, an escape, a class, or a character. */
const TOKEN =
  /\((?:\?(?:[a-z]*:|<?[=!]|>))?|\)|\{\d+(?:,\d*)?\}|\\(?:x\{[\dA-F]+\}|p\{[^}]*\}|[^])|\[\^?\]?(?:\\[^]|[^\]\\])*\]|[^]/uy;

/** `|` needs a link; letters of which three are alike (k and s have a sign each) are written as a property. */
function characterSize(token: string): number {
  if (token > '\u007f') return 7;
  return /[|ks]/i.test(token) ? 3 : 2;
}

function classSize(token: string): number {
  const wide = token.match(/[^\0-\x7f]|\\x\{|\\p/giu)?.length ?? 0;
  return wide === 0 ? 34 : 44 + 10 * wide;
}
