import type { Assumption } from './assumptions.ts';
import { letter } from './letters.ts';
import { characterClass, escape } from './parse-class.ts';
import { next, sees, Stop, stop, take, warn } from './regexp-reader.ts';
import type { Reading, RegexpFault, RegexpWarning } from './regexp-reader.ts';
import { anyCharacter, anyText, concat, either, isAnyText, nothing } from './regexp.ts';
import type { Regexp } from './regexp.ts';

/**
 * Reads the text between two slashes, after Lucene's `RegExp` with all its optional operators. The grammar:
 *
 *     union   =  inter ("|" union)?
 *     inter   =  row ("&" inter)?
 *     row     =  repeat+
 *     repeat  =  atom ("?" | "*" | "+" | "{" n ("," m?)? "}")*
 *     atom    =  "~" atom  |  "[" "^"? class+ "]"  |  "."  |  "#"  |  "@"  |  '"' text '"'  |  "(" union? ")"
 *             |  "\" any  |  any
 *
 * So `^`, `$` and what other languages write as `(?i)` are plain characters, which is warned about.
 */
export function parseRegexp(text: string):
  | {
      readonly regexp: Regexp;
      readonly warnings: readonly RegexpWarning[];
      readonly assumptions: readonly Assumption[];
    }
  | { readonly fault: RegexpFault } {
  if (text.length > LONGEST)
    return {
      fault: {
        at: 0,
        code: 'lucene/long-regexp',
        message: `Elasticsearch allows ${LONGEST} characters in an expression, and this has ${text.length}`,
        hint: undefined,
      },
    };
  const reading: Reading = { text, at: 0, warnings: [], assumptions: new Set() };
  try {
    const regexp = text === '' ? concat([]) : union(reading);
    if (reading.at < text.length) stop(reading, `\`${text[reading.at]}\` closes nothing`);
    return { regexp, warnings: reading.warnings, assumptions: [...reading.assumptions] };
  } catch (fault) {
    if (fault instanceof Stop) return { fault: fault.fault };
    throw fault;
  }
}

const LONGEST = 1000;

function union(reading: Reading): Regexp {
  const of = [inter(reading)];
  while (take(reading, '|')) of.push(inter(reading));
  return either(of);
}

function inter(reading: Reading): Regexp {
  const of = [row(reading)];
  while (take(reading, '&')) of.push(row(reading));
  const parts = of.filter((part) => !isAnyText(part));
  return parts.length === 0 ? of[0]! : parts.length === 1 ? parts[0]! : { kind: 'both', of: parts };
}

function row(reading: Reading): Regexp {
  const of = [repeat(reading)];
  while (reading.at < reading.text.length && !sees(reading, ')|&')) of.push(repeat(reading));
  return concat(of);
}

function repeat(reading: Reading): Regexp {
  let node = atom(reading);
  for (;;) {
    switch (reading.text[reading.at]) {
      case '?':
        reading.at += 1;
        node = { kind: 'repeat', of: node, min: 0, max: 1 };
        break;
      case '*':
        reading.at += 1;
        node = node === anyCharacter ? anyText : { kind: 'repeat', of: node, min: 0, max: null };
        break;
      case '+':
        reading.at += 1;
        node = { kind: 'repeat', of: node, min: 1, max: null };
        break;
      case '{':
        reading.at += 1;
        node = counted(reading, node);
        break;
      default:
        return node;
    }
  }
}

const MOST_ROUNDS = 1000;

function counted(reading: Reading, of: Regexp): Regexp {
  const found = /^(\d{1,6})(,(\d{1,6})?)?\}/.exec(reading.text.slice(reading.at, reading.at + 16));
  if (!found) return stop(reading, 'expected `{n}`, `{n,}` or `{n,m}`', 'escape the brace to mean itself');
  const min = Number(found[1]);
  const max = found[2] === undefined ? min : found[3] === undefined ? null : Number(found[3]);
  if (Math.max(min, max ?? 0) > MOST_ROUNDS || (max !== null && max < min))
    stop(reading, `a count runs from 0 to ${MOST_ROUNDS}, upwards`);
  reading.at += found[0].length;
  return { kind: 'repeat', of, min, max };
}

function atom(reading: Reading): Regexp {
  const first = reading.text[reading.at];
  switch (first) {
    case '~':
      reading.at += 1;
      return { kind: 'except', of: atom(reading) };
    case '[':
      reading.at += 1;
      return characterClass(reading);
    case '.':
      reading.at += 1;
      return anyCharacter;
    case '#':
      reading.at += 1;
      return nothing;
    case '@':
      reading.at += 1;
      return anyText;
    case '"':
      reading.at += 1;
      return literalText(reading);
    case '(':
      reading.at += 1;
      return group(reading);
    case '\\':
      reading.at += 1;
      return escape(reading);
    case '<':
      return stop(
        reading,
        '`<` begins a range of numbers or a named automaton, which is not read',
        'escape it to mean itself',
      );
    case '^':
    case '$':
      warn(
        reading,
        reading.at,
        `\`${first}\` is a plain character to Lucene: an expression always fits the whole value`,
      );
  }
  return letter(next(reading));
}

function group(reading: Reading): Regexp {
  if (take(reading, ')')) return concat([]);
  if (sees(reading, '?'))
    warn(reading, reading.at, '`(?` is no special group to Lucene: the question mark means itself');
  const inner = union(reading);
  if (!take(reading, ')')) stop(reading, 'a parenthesis is never closed');
  return inner;
}

function literalText(reading: Reading): Regexp {
  const close = reading.text.indexOf('"', reading.at);
  if (close === -1) return stop(reading, 'a quote is never closed', 'escape it to mean itself');
  const inner = reading.text.slice(reading.at, close);
  reading.at = close + 1;
  return concat([...inner].map((character) => letter(character.codePointAt(0)!)));
}
