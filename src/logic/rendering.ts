import type { Pattern, Piece } from '../ir/pattern.ts';
import { many, one } from '../ir/pattern.ts';
import type { Rendering } from '../ir/predicate.ts';
import { product } from './product.ts';
import type { Draft } from './between.ts';
import { letters } from './codes.ts';
import type { Core, Named } from './field.ts';
import { likeLanguage, wordOf } from './language.ts';
import type { Word } from './language.ts';
import { candidates } from './candidates.ts';
import type { Budget } from './machine.ts';

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
      const forms = shownAs(field, glob.display, as).map((pattern) => likeLanguage(pattern, glob.cased));
      for (const other of outside) {
        if (other.language.inexact !== null) continue;
        const forbidden = other.language.machine();
        const within = forms.every((form) => {
          const shown = form.machine();
          return (
            product([shown], [forbidden], letters([...shown.sets, ...forbidden.sets], [], new Set()), budget).kind ===
            'none'
          );
        });
        if (within) return { kind: 'core', refs: [demand.ref, -other.ref], reason: null };
      }
    }
  return null;
}

/** Every form that an event may take in which the field has a value that fits the pattern. */
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
  const names: Record<string, string> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };
  return [text, text.replace(/&(lt|gt|amp|apos|quot);/g, (_, name: string) => names[name]!)];
}
