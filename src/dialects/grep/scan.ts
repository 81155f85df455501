/** Finds its way in an expression of ours without reading it whole. */

/** Where the group that opens at `open` closes: the place of its `)`, or -1. */
export function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === BACKSLASH) at += 1;
    else if (sign === BRACKET) at = classEnd(text, at);
    else if (sign === OPEN) depth += 1;
    else if (sign === CLOSE) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

/** The alternatives of an expression: its parts between `|` outside of groups and classes. */
export function alternativesOf(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === BACKSLASH) at += 1;
    else if (sign === BRACKET) at = classEnd(text, at);
    else if (sign === OPEN) depth += 1;
    else if (sign === CLOSE) depth -= 1;
    else if (sign === BAR && depth === 0) {
      found.push(text.slice(start, at));
      start = at + 1;
    }
  }
  found.push(text.slice(start));
  return found;
}

/** What the group holds that is the whole of `text`, if it is one that opens with `opening`. */
export function insideOf(text: string, opening: string): string | undefined {
  if (!text.startsWith(opening) || !text.endsWith(')')) return undefined;
  return closing(text, 0) === text.length - 1 ? text.slice(opening.length, -1) : undefined;
}

const [BACKSLASH, BRACKET, OPEN, CLOSE, BAR] = [0x5c, 0x5b, 0x28, 0x29, 0x7c];

/** The place of the `]` that ends a class; a `]` that comes first is a member of it. */
function classEnd(text: string, open: number): number {
  let at = open + 1;
  if (text[at] === '^') at += 1;
  if (text[at] === ']') at += 1;
  for (; at < text.length && text[at] !== ']'; at += 1) if (text[at] === '\\') at += 1;
  return at;
}
