import { foldClass } from '../../ir/fold.ts';
import { many, normal, one } from '../../ir/pattern.ts';
import type { Pattern, Piece } from '../../ir/pattern.ts';
import { everything } from '../../ir/regex/classes.ts';
import { parseRegex } from '../../ir/regex/parse.ts';
import type { RegexError } from '../../ir/regex/parse.ts';
import type { Regex, RegexFlags, RegexNode } from '../../ir/regex/tree.ts';

/** A test of a text without the column it is a test of. */
export type TextTest =
  | { readonly kind: 'like'; readonly pattern: Pattern; readonly cased: boolean }
  | { readonly kind: 'regex'; readonly regex: Regex };

/**
 * Reads an expression of RE2: as a pattern where it is one, else as an expression.
 *
 * RE2 is read as PCRE with two differences undone first: its `$` is the very end, and its `\s` lacks the vertical tab.
 */
export function readRe2(text: string, flags: RegexFlags): TextTest | { readonly fault: RegexError } {
  const read = parseRegex(asPcre(text, flags.multiline), flags);
  if ('fault' in read) return read;
  const pattern = patternOf(read.regex.tree);
  return pattern ? { kind: 'like', ...pattern } : { kind: 'regex', regex: read.regex };
}

const BLANKS = '\\t\\n\\f\\r ';

function asPcre(text: string, multiline: boolean): string {
  const lines = multiline || /\(\?[a-z]*m/.test(text);
  let inClass = false;
  return text.replace(/\\[\s\S]|[[\]$]/g, (part, at: number) => {
    if (part === '[') inClass = true;
    else if (part === ']' && inClass && text[at - 1] !== '[') inClass = false;
    else if (part === '$' && !inClass && !lines) return '\\z';
    else if (part === '\\s') return inClass ? BLANKS : `[${BLANKS}]`;
    else if (part === '\\S' && !inClass) return `[^${BLANKS}]`;
    return part;
  });
}

/** The pattern of an expression made of texts, any character and any text, if its letters agree on whether case counts. */
function patternOf(tree: RegexNode): { pattern: Pattern; cased: boolean } | undefined {
  const parts = flat(tree);
  const start = isAnchor(parts[0], 'text-start');
  const end = isAnchor(parts.at(-1), 'very-end');
  const pieces: Piece[] = start ? [] : [many];
  let cased: boolean | undefined;
  for (const part of parts.slice(start ? 1 : 0, end ? -1 : undefined)) {
    if (part.kind === 'repeat' && part.min === 0 && part.max === null && isAny(part.of)) pieces.push(many);
    else if (isAny(part)) pieces.push(one);
    else {
      const code = part.kind === 'set' && part.ranges.length === 1 ? part.ranges[0]![0] : undefined;
      if (code === undefined || part.kind !== 'set' || part.ranges[0]![1] !== code) return undefined;
      if (foldClass(code).length > 1) {
        if (cased === part.fold) return undefined;
        cased = !part.fold;
      }
      pieces.push(String.fromCodePoint(code));
    }
  }
  return { pattern: normal(end ? pieces : [...pieces, many]), cased: cased ?? true };
}

function flat(node: RegexNode): readonly RegexNode[] {
  if (node.kind === 'concat') return node.of.flatMap(flat);
  if (node.kind === 'group' && !node.atomic) return flat(node.of);
  return [node];
}

function isAnchor(node: RegexNode | undefined, at: string): boolean {
  return node?.kind === 'anchor' && node.at === at;
}

function isAny(node: RegexNode): boolean {
  return (
    node.kind === 'set' &&
    node.ranges.length === 1 &&
    node.ranges[0]![0] === 0 &&
    node.ranges[0]![1] === everything[0]![1]
  );
}
