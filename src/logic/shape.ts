import type { Raw } from '../ir/event.ts';
import type { Rendering } from '../ir/predicate.ts';
import { parseRegex } from '../ir/regex/parse.ts';
import { AD_HOC } from './field.ts';
import type { Core, Values } from './field.ts';
import type { Language } from './language.ts';
import { once, regexLanguage } from './language.ts';
import type { Text } from './rendering.ts';

/**
 * The texts that a rendering may be. Values are escaped in it and what stands between them is fixed, so that `a<b` is
 * nowhere in an event's XML.
 */
export function shapeOf(as: Rendering): Language {
  return shapes[as]();
}

const xmlText = `(?:[^<>&'"]|&(?:lt|gt|amp|apos|quot);)*`;
const jsonText = `"(?:[^"\\\\\\x00-\\x1f]|\\\\["\\\\bfnrt]|\\\\u[0-9a-f]{4})*"`;
const jsonScalar = `(?:${jsonText}|true|false|null|[-+.0-9e]+)`;
const jsonMember = `${jsonText}:(?:${jsonScalar}|\\[${jsonScalar}(?:,${jsonScalar})*\\])`;

const shapes: Readonly<Record<Rendering, () => Language>> = {
  'event-xml': shape(`<Event><EventData>(?:<Data Name='${xmlText}'>${xmlText}</Data>)*</EventData></Event>`),
  'json-line': shape(`\\{(?:${jsonMember}(?:,${jsonMember})*)?\\}`),
  'windows-message': shape('(?:.*: .*)?'),
};

function shape(source: string): () => Language {
  return once(() => {
    const read = parseRegex(`\\A(?:${source})\\z`, { ignoreCase: false, multiline: false, dotAll: true });
    if ('fault' in read) throw new Error(`no expression: ${source}`);
    return regexLanguage(read.regex, read.regex.tree);
  });
}

/** What is demanded of a rendering, and that it be one. */
export function shaped({ as, inside, outside }: Text): Omit<Text, 'as'> {
  return { inside: [...inside, { ref: AD_HOC, language: shapeOf(as) }], outside };
}

/** A conflict among what is demanded of a rendering; `read` finds a text of its shape. */
export function unreadable(text: Text, read: (text: Text) => Values | Core): Core[] {
  const found = text.inside.length === 0 ? null : read(text);
  if (found?.kind !== 'core' || found.reason !== null) return [];
  return [{ ...found, refs: found.refs.filter((ref) => ref !== AD_HOC) }];
}

/** An event that the text is a rendering of, given that it is one of any; null where that can't be told. */
export function unrendered(text: string, as: Rendering): Raw | null {
  switch (as) {
    case 'json-line':
      return asRecord(text);
    case 'event-xml':
      return gathered(
        [...text.matchAll(/<Data Name='([^']*)'>([^<]*)<\/Data>/g)].map(([, name, value]) => [
          plain(name!),
          plain(value!),
        ]),
      );
    case 'windows-message':
      return gathered(
        text.split('\r\n').flatMap((line) => {
          const at = line.indexOf(': ');
          return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 2)]];
        }),
      );
  }
}

/** A field that is written several times has several values. */
function gathered(cells: readonly (readonly [name: string, value: string])[]): Raw {
  const values = new Map<string, string[]>();
  for (const [name, value] of cells) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0]! : all]));
}

function asRecord(text: string): Raw | null {
  try {
    return JSON.parse(text) as Raw;
  } catch {
    return null;
  }
}

/** XML's text without its escapes. */
export function plain(text: string): string {
  const names: Record<string, string> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };
  return text.replace(/&(lt|gt|amp|apos|quot);/g, (_, name: string) => names[name]!);
}
