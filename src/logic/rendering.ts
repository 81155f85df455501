import type { Pattern, Piece } from '../ir/pattern.ts';
import { many, one } from '../ir/pattern.ts';
import type { Rendering } from '../ir/predicate.ts';
import { product } from './product.ts';
import type { Draft } from './between.ts';
import { letters } from './codes.ts';
import type { Core, Named } from './field.ts';
import { globMachine, globOf, includedIn, isDecisive } from './glob.ts';
import type { Glob } from './glob.ts';
import { wordOf } from './language.ts';
import type { Language, Word } from './language.ts';
import { candidates } from './candidates.ts';
import type { Budget } from './machine.ts';
import { plain } from './shape.ts';

/** What is demanded of a rendering of the event. */
export interface Text {
  readonly as: Rendering;
  readonly inside: readonly Named[];
  readonly outside: readonly Named[];
}

/**
 * Proves, where a demand on a field puts a text into the rendering that is forbidden there, that both can't be met:
 * `lsass` in `CommandLine` stands in the event's line as well. `field` is null where it may be any.
 */
export function renderingClash(
  { as, outside }: Text,
  fields: Iterable<readonly [field: string | null, inside: readonly Named[]]>,
  budget: Budget,
): Core | null {
  for (const [field, inside] of fields)
    for (const demand of inside) {
      const { glob } = demand.language;
      if (!glob) continue;
      const forms = formsOf(glob, field, as);
      for (const other of outside)
        if (forms.every((form) => isHeldBy(form, other.language, budget)))
          return { kind: 'core', refs: [demand.ref, -other.ref], reason: null };
    }
  return null;
}

/** Every form that the rendering may take of an event in which a value of the field fits; `field` is null where it may be any. */
export function formsOf({ display, cased }: Glob, field: string | null, as: Rendering): Glob[] {
  return shownAs(field, display, as).map((pattern) => globOf(pattern, cased));
}

/** Whether every text that fits the pattern is proved to be in a language. */
function isHeldBy(form: Glob, language: Language, budget: Budget): boolean {
  if (language.inexact !== null) return false;
  if (language.glob) {
    if (includedIn(form, language.glob)) return true;
    if (isDecisive(language.glob)) return false;
  }
  const [shown, forbidden] = [globMachine(form), language.machine()];
  const cells = letters([...shown.sets, ...forbidden.sets], [], new Set());
  return product([shown], [forbidden], cells, budget).kind === 'none';
}

function shownAs(field: string | null, pattern: Pattern, as: Rendering): Pattern[] {
  const shown = pattern.flatMap((piece): Piece[] => {
    if (typeof piece === 'string') return [escaped(piece, as)];
    return piece.wild === 'many' ? [many] : [one, many];
  });
  const name: Piece = field === null ? many : escaped(field, as);
  switch (as) {
    case 'windows-message':
      return [[many, name, ': ', ...shown, many]];
    case 'event-xml':
      return [[many, "<Data Name='", name, "'>", ...shown, '</Data>', many]];
    case 'json-line':
      return [
        [many, '"', name, '":"', ...shown, '"', many],
        [many, '"', name, '":[', many, ...shown, many, ']', many],
        ...(mayBeBare(pattern) ? [[many, '"', name, '":', ...shown, many]] : []),
      ];
  }
}

/** Whether a number or a boolean, which JSON writes without quotes, may fit. */
function mayBeBare(pattern: Pattern): boolean {
  return pattern.every((piece) => typeof piece !== 'string' || /^[-+.0-9aeflrstu]*$/i.test(piece));
}

function escaped(text: string, as: Rendering): string {
  if (as === 'json-line') return JSON.stringify(text).slice(1, -1);
  if (as === 'windows-message') return text;
  const names: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&apos;', '"': '&quot;' };
  return text.replace(/[<>&'"]/g, (character) => names[character]!);
}

/** Drafts with one more field that may bring into the rendering what is demanded of it: as a value of `fresh`, or as its name. */
export function* spoken(text: Text, draft: Draft, fresh: string): Generator<Draft> {
  const add = (words: readonly Word[]): Draft => new Map([...draft, [fresh, words]]);
  const pieces = text.inside.map(({ language }) => [...candidates(fresh, [language])].slice(0, 12));
  for (const piece of pieces.flat()) for (const plain of unescaped(piece, text.as)) yield add([wordOf(plain)]);
  for (const piece of pieces.flat())
    for (const plain of unescaped(piece, text.as)) yield new Map([...draft, [plain, [wordOf('-')]]]);
  if (pieces.length < 2) return;
  const first = pieces.map(([candidate = '']) => candidate);
  for (const glue of ['', ' ']) for (const order of [first, first.toReversed()]) yield add([wordOf(order.join(glue))]);
  yield add(first.map(wordOf));
  yield new Map([...draft, ...first.map((name): [string, readonly Word[]] => [name, [wordOf('-')]])]);
}

/** A text, and what it would have to be for its rendering to read so. */
function unescaped(text: string, as: Rendering): string[] {
  if (as === 'windows-message') return [text];
  if (as === 'json-line') {
    try {
      return [text, String(JSON.parse(`"${text}"`))];
    } catch {
      return [text];
    }
  }
  return [text, plain(text)];
}
