import type { Pattern, Piece } from '../ir/pattern.ts';
import type { Language } from './language.ts';
import { leadOf } from './plausible.ts';

/** What may stand between two pieces of text, the least noticeable first. */
const fillers = ['', ' ', 'x', '\\', '.', '/', '1', ' x '];

/** What a `one` may be. */
const characters = ['x', '1', ' ', '\\'];

/**
 * Builds texts of a field that probably belong to all of some languages, out of what their authors wrote: the longest head, the
 * floating pieces in their order and in the reverse, the longest tail. Whoever uses a text asks the languages first.
 */
export function* candidates(field: string, languages: readonly Language[]): Generator<string> {
  const patterns = languages.flatMap(({ glob }) => (glob ? [glob.display] : []));
  const samples = languages.filter(({ glob }) => !glob).map(({ samples }) => samples());
  const loose = samples.map((each) => each[0]).filter((each) => each !== undefined);
  const holes = patterns.some((pattern) => pattern.some((piece) => typeof piece !== 'string' && piece.wild === 'one'));
  for (const filler of fillers)
    for (const character of holes ? characters : characters.slice(0, 1))
      for (const text of woven(patterns, loose, filler, character)) yield* withLead(text, leadOf(field));
  for (const each of samples) yield* each;
}

/** Ways to change a text a little that leave most demands met: something before or after it, another case. */
export function variants(text: string): string[] {
  const around = ['x', ' ', '1', '.', '\\', '/', '-', '"', 'é', '\n'];
  return [
    ...around.flatMap((each) => [text + each, each + text, each + text + each]),
    text.toUpperCase(),
    text.toLowerCase(),
    `${text}xx`,
    `xx${text}xx`,
  ];
}

/** Gives a path that begins with a backslash a drive, or a hive, to lie on. */
function withLead(text: string, lead: string): string[] {
  return /^\\[^\\]/.test(text) ? [lead + text, text] : [text];
}

function* woven(
  patterns: readonly Pattern[],
  loose: readonly string[],
  filler: string,
  character: string,
): Generator<string> {
  let [head, tail] = ['', ''];
  const middle: string[] = [];
  for (const pattern of patterns) {
    const parts = split(pattern, character);
    const [first = ''] = parts;
    if (parts.length === 1) yield first;
    const last = parts.length > 1 ? parts.at(-1)! : '';
    if (first.length > head.length) head = first;
    if (last.length > tail.length) tail = last;
    const inner = parts.slice(1, -1);
    if (inner.length > 0) middle.push(inner.join(filler));
  }
  const floating = [...middle, ...loose].filter(
    (text, index, all) =>
      !all.some((other, at) => at !== index && other.includes(text) && (other !== text || at < index)),
  );
  for (const order of floating.length > 1 ? [floating, floating.toReversed()] : [floating])
    yield [head, ...order, tail].filter((part) => part !== '').join(filler);
  if (filler !== '') yield [head, ...floating, tail].join(filler);
}

/** The texts between the `many`s of a pattern, each `one` written as `character`. */
function split(pattern: Pattern, character: string): string[] {
  const parts = [''];
  const write = (piece: Piece) => {
    if (typeof piece === 'string') parts[parts.length - 1] += piece;
    else if (piece.wild === 'one') parts[parts.length - 1] += character;
    else parts.push('');
  };
  pattern.forEach(write);
  return parts;
}
