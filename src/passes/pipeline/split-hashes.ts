import { any } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Change } from '../../schema/pipeline.ts';
import { textOf } from './change-values.ts';
import { fieldOf, valuesOf } from './items.ts';
import type { Item, Part } from './items.ts';
import { plainText } from './plain-text.ts';

type Hashes = Extract<Change, { kind: 'hashes' }>;

/** How many hexadecimal digits a hash has. */
const digits: Readonly<Record<number, string>> = { 32: 'MD5', 40: 'SHA1', 64: 'SHA256', 128: 'SHA512' };

/**
 * A test of a list of hashes as tests of a field for each algorithm, any of which may fit. Undefined where the item is
 * no such test. Values of algorithms that the step does not list are left out, as in pySigma; `left` counts them.
 */
export function splitHashes(
  item: Item,
  { fields, algorithms, prefix, bare }: Hashes,
): { readonly part: Part; readonly left: number } | { readonly problem: string } | undefined {
  const field = fieldOf(item);
  if (field === null || !fields.includes(field)) return undefined;
  const texts = valuesOf(item).map(textOf);
  if (texts.some((text) => text === undefined)) return undefined;
  const found = texts.flatMap((text) => {
    const plain = plainText(text!.pattern);
    const parts = plain.split(plain.includes('|') ? '|' : '=');
    const value = (parts.length === 2 ? parts[1]! : parts[0]!).replaceAll(/^[*?]+|[*?]+$/g, '');
    const algorithm = parts.length === 2 ? parts[0]!.replace(/^\*+/, '').toUpperCase() : digits[value.length];
    return algorithm !== undefined && algorithms.includes(algorithm) ? [{ algorithm, value }] : [];
  });
  if (found.length === 0) return { problem: `no hash in ${field} is one of ${algorithms.join(', ')}` };
  const names = [...new Set(found.map(({ algorithm }) => algorithm))];
  const of = names.map((name): Item => {
    const values = found.filter(({ algorithm }) => algorithm === name).map(({ value }) => value);
    return {
      kind: 'item',
      where: any(values.map((value) => is(`${prefix}${bare ? '' : name}`, value))),
      applied: new Set(),
    };
  });
  return { part: of.length > 1 ? { kind: 'any', of } : of[0]!, left: texts.length - found.length };
}

function is(field: string, value: string): Predicate {
  return { kind: 'like', field, pattern: [value], cased: false };
}
