import { isAnything } from '../../ir/pattern.ts';
import type { Like, Predicate } from '../../ir/predicate.ts';
import type { Profile } from '../../schema/profile.ts';
import { typeOf } from '../../schema/profile.ts';
import { caseless, inCase } from './letters.ts';
import { either, writeRegexp } from './regexp.ts';
import type { Regexp } from './regexp.ts';
import { unnameable } from './flavour.ts';
import type { Flavour } from './flavour.ts';
import { LONGEST_REGEXP, regexpValue } from './write-value.ts';

/** From so many values on a list is packed: a query has room for 1,024 clauses. */
const LONG_LIST = 400;

/**
 * Packs a long list of values of one field into as few expressions as hold them, or undefined where the list is short
 * or can't be packed.
 *
 *     f:(/[aA]/ OR /[bB]/ OR ...)     f:(/[aA]|[bB]|.../ OR ...)
 */
export function packed(
  parts: readonly Predicate[],
  profile: Profile,
  flavour: Flavour,
): { readonly field: string; readonly texts: readonly string[] } | undefined {
  const [first] = parts;
  if (parts.length < LONG_LIST || first?.kind !== 'like' || typeof first.field !== 'string') return undefined;
  const { field } = first;
  if (unnameable(field, flavour) !== undefined) return undefined;
  const type = typeOf(profile, field);
  if (type.kind !== 'wildcard' && (type.kind !== 'keyword' || type.folded)) return undefined;
  const likes = parts.filter(
    (part): part is Like => part.kind === 'like' && part.field === field && !isAnything(part.pattern),
  );
  if (likes.length < parts.length) return undefined;
  const values = chunks(likes.map(({ pattern, cased }) => (cased ? inCase(pattern) : caseless(pattern)))).map(
    regexpValue,
  );
  const texts = values.flatMap((value) => ('text' in value ? [value.text] : []));
  return texts.length === values.length ? { field, texts } : undefined;
}

function chunks(expressions: readonly Regexp[]): Regexp[] {
  const found: Regexp[][] = [];
  let length = Infinity;
  for (const expression of expressions) {
    const more = writeRegexp(expression).length + 1;
    if (length + more > LONGEST_REGEXP) {
      found.push([]);
      length = 0;
    }
    found.at(-1)!.push(expression);
    length += more;
  }
  return found.map(either);
}
