import { isAnything } from '../../ir/pattern.ts';
import type { Like, Predicate } from '../../ir/predicate.ts';
import type { FieldType, Profile } from '../../schema/profile.ts';
import { typeOf } from '../../schema/profile.ts';
import { caseless, inCase } from './letters.ts';
import { either, writeRegexp } from './regexp.ts';
import type { Regexp } from './regexp.ts';
import { unnameable } from './flavour.ts';
import type { Flavour } from './flavour.ts';
import { LONGEST_REGEXP, regexpValue } from './write-value.ts';

/** Values of one field out of a choice, and the few expressions that hold them all. */
export interface PackedList {
  readonly values: ReadonlySet<Predicate>;
  readonly texts: readonly string[];
}

/**
 * Packs the values of each field in a choice into as few expressions as hold them, by field. A query has room for 1,024
 * clauses, so long lists need it; lists with fewer than `shortest` values, and what can't be packed, are left out.
 *
 *     f:(/[aA]/ OR /[bB]/ OR ...)     f:(/[aA]|[bB]|.../ OR ...)
 */
export function packedLists(
  parts: readonly Predicate[],
  profile: Profile,
  flavour: Flavour,
  shortest: number,
): ReadonlyMap<string, PackedList> {
  const lists = new Map<string, Like[]>();
  if (parts.length < shortest) return new Map();
  for (const part of parts) {
    if (part.kind !== 'like' || typeof part.field !== 'string' || isAnything(part.pattern)) continue;
    const list = lists.get(part.field);
    if (list) list.push(part);
    else lists.set(part.field, [part]);
  }
  return new Map(
    [...lists].flatMap(([field, likes]) => {
      if (likes.length < shortest || unnameable(field, flavour) !== undefined) return [];
      const texts = packed(likes, typeOf(profile, field));
      return texts === undefined ? [] : [[field, { values: new Set<Predicate>(likes), texts }] as const];
    }),
  );
}

function packed(likes: readonly Like[], type: FieldType): readonly string[] | undefined {
  if (type.kind !== 'wildcard' && (type.kind !== 'keyword' || type.folded)) return undefined;
  const values = chunks(likes.map(({ pattern, cased }) => (cased ? inCase(pattern) : caseless(pattern)))).map(
    regexpValue,
  );
  const texts = values.flatMap((value) => ('text' in value ? [value.text] : []));
  return texts.length === values.length ? texts : undefined;
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
