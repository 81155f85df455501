import { isAnything, literal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Atom, Compare, Like, OfKind, SameAs, Term, TimePart } from '../../ir/predicate.ts';
import { isWordCharacter } from '../../ir/term.ts';
import type { Profile } from '../../schema/profile.ts';
import type { Loss } from '../dialect.ts';
import { assumptions } from './assumptions.ts';
import type { Noted } from './assumptions.ts';
import { noNull } from './capabilities.ts';
import { isNumeric, placeOf } from './column-types.ts';
import type { Place } from './column-types.ts';
import { isMatchedByNothing } from './nothing.ts';
import { patternRegex, regexText, termRegex } from './regex-text.ts';
import { entity, foldsBeyondAscii, hasLetters, part, string } from './text.ts';

/** What the words of a test depend on besides the test. */
export interface Setting {
  readonly table: string | null;
  readonly profile: Profile;
  readonly noted: Noted;
  readonly losses: Loss[];
}

/** A test in words. */
export interface Test {
  readonly text: string;
  /** It is null of a row without the value, and so is its negation. */
  readonly nullable?: true;
  /** Its negation, where there is an operator for it. */
  readonly otherwise?: string;
  /** It is several tests, joined by `and`. */
  readonly joined?: true;
}

/** Writes one test of a row, which stands under an odd number of `not`s or not, or says why there is none. */
export function printTest(atom: Atom, negated: boolean, setting: Setting): Test | { readonly refused: string } {
  if (atom.kind === 'keyword') return keyword(atom, setting);
  if (typeof atom.field !== 'string') return { refused: 'a table has columns, not the event as one text' };
  const place = placeOf(atom.field, setting.table, setting.profile);
  switch (atom.kind) {
    case 'exists':
      return presence(place);
    case 'like':
      return isAnything(atom.pattern) ? presence(place) : like(atom, place, setting);
    case 'equal':
      return equal(atom.value, place);
    case 'compare':
      return comparison(atom, place, setting);
    case 'sameAs':
      return sameAs(atom, place, setting);
    case 'cidr':
      return network(atom.network, place, setting);
    case 'regex': {
      const written = regexText(atom.regex);
      if ('refused' in written) return written;
      if (isMatchedByNothing(atom)) widened('regex', atom, negated, setting);
      return { text: `${textOf(place)} matches regex ${string(written.text)}` };
    }
    case 'term':
      if (isMatchedByNothing(atom)) widened('term', atom, negated, setting);
      return term(atom, textOf(place), setting);
  }
}

/** A missing text is an empty one, so a test that the empty text passes takes events that lack the field. */
function widened(feature: Loss['feature'], { origin }: Atom, negated: boolean, { losses }: Setting): void {
  losses.push({ feature, effect: negated ? 'narrower' : 'wider', why: noNull, origin });
}

/** The column itself. */
export function valueOf({ column, keys }: Place): string {
  return part(entity(column), keys);
}

/** The column as a text. */
export function textOf(place: Place): string {
  return place.type === 'string' ? valueOf(place) : `tostring(${valueOf(place)})`;
}

function presence(place: Place): Test {
  const name = place.type === 'string' || place.type === 'dynamic' ? textOf(place) : valueOf(place);
  const words =
    place.type === 'string' || place.type === 'dynamic' ? ['isnotempty', 'isempty'] : ['isnotnull', 'isnull'];
  return { text: `${words[0]}(${name})`, otherwise: `${words[1]}(${name})` };
}

function like({ pattern, cased }: Like, place: Place, { noted }: Setting): Test {
  const whole = literal(pattern);
  if (whole !== undefined && isNumeric(place.type) && isWritten(whole))
    return signed(valueOf(place), '==', '!=', whole);
  const name = textOf(place);
  const texts = pattern.filter((piece) => typeof piece === 'string').join('');
  if (!cased && foldsBeyondAscii(texts)) noted.add('folding');
  const affix = affixOf(pattern);
  if (affix === undefined) return { text: `${name} matches regex ${string(patternRegex(pattern, cased))}` };
  const [operator, text] = affix;
  if (operator !== 'whole') return signed(name, ...affixes(operator, cased), string(text));
  return cased || !hasLetters(text) ? signed(name, '==', '!=', string(text)) : signed(name, '=~', '!~', string(text));
}

function affixes(operator: Exclude<Affix, 'whole'>, cased: boolean): [operator: string, otherwise: string] {
  const word = `${operator}${cased ? '_cs' : ''}`;
  return [word, `!${word}`];
}

function signed(left: string, operator: string, otherwise: string, right: string): Test {
  return { text: `${left} ${operator} ${right}`, otherwise: `${left} ${otherwise} ${right}` };
}

type Affix = 'whole' | 'contains' | 'startswith' | 'endswith';

/** What an operator without wildcards can say: one text, with holes at its ends alone. */
function affixOf(pattern: Pattern): readonly [Affix, string] | undefined {
  const open = isMany(pattern[0]);
  const loose = pattern.length > 1 && isMany(pattern.at(-1));
  const text = literal(pattern.slice(open ? 1 : 0, loose ? -1 : undefined));
  if (text === undefined) return undefined;
  return [open ? (loose ? 'contains' : 'endswith') : loose ? 'startswith' : 'whole', text];
}

function isMany(piece: Pattern[number] | undefined): boolean {
  return typeof piece === 'object' && piece.wild === 'many';
}

/** A whole number as a column of numbers writes it, small enough for any of them. */
export function isWritten(text: string): boolean {
  return /^-?(?:0|[1-9]\d{0,14})$/.test(text) && text !== '-0';
}

function equal(value: number | boolean, place: Place): Test {
  const text = String(value);
  if (typeof value === 'boolean')
    return place.type === 'bool'
      ? signed(valueOf(place), '==', '!=', text)
      : signed(textOf(place), '=~', '!~', string(text));
  if (isNumeric(place.type) && isWritten(text)) return signed(valueOf(place), '==', '!=', text);
  return hasLetters(text)
    ? signed(textOf(place), '=~', '!~', string(text))
    : signed(textOf(place), '==', '!=', string(text));
}

/** Names that `datetime_part` has for parts of a date. */
const parts: Readonly<Record<TimePart, string>> = {
  minute: 'Minute',
  hour: 'Hour',
  day: 'Day',
  week: 'week_of_year',
  month: 'Month',
  year: 'Year',
};

function comparison({ part: of, order, value }: Compare, place: Place, { noted }: Setting): Test {
  const operator = order === '=' ? '==' : order;
  if (of !== 'number') {
    if (place.type !== 'datetime') noted.add('clock');
    const moment = place.type === 'datetime' ? valueOf(place) : `todatetime(${textOf(place)})`;
    return { text: `datetime_part("${parts[of]}", ${moment}) ${operator} ${value}`, nullable: true };
  }
  if (!isNumeric(place.type)) noted.add('number');
  // `x == 5` of a number asks for its text, as `equal` does; the figure itself is asked by way of a function.
  const number =
    isNumeric(place.type) && order !== '='
      ? valueOf(place)
      : `todouble(${isNumeric(place.type) ? valueOf(place) : textOf(place)})`;
  return { text: `${number} ${operator} ${value}`, nullable: true };
}

function sameAs({ other, relation, cased }: SameAs, place: Place, setting: Setting): Test | { refused: string } {
  if (typeof other !== 'string') return { refused: 'a table has columns, not the event as one text' };
  if (!cased) setting.noted.add('folding');
  const [left, right] = [textOf(place), textOf(placeOf(other, setting.table, setting.profile))];
  const operator = relation === 'whole' ? (cased ? '==' : '=~') : `${relation}${cased ? '_cs' : ''}`;
  return { text: `isnotempty(${right}) and ${left} ${operator} ${right}`, joined: true };
}

function network(of: string, place: Place, { noted }: Setting): Test {
  const six = of.includes(':');
  noted.add(six ? 'network6' : 'network');
  return { text: `ipv${six ? 6 : 4}_is_in_range(${textOf(place)}, ${string(of)})`, nullable: true };
}

function term(atom: Term, name: string, setting: Setting): Test {
  const { term: text, edge, tokenizer, cased } = atom;
  if (!cased && foldsBeyondAscii(text)) setting.noted.add('folding');
  if (tokenizer !== 'kusto') return { text: `${name} matches regex ${string(termRegex(atom))}` };
  if (![...text].every((letter) => isWordCharacter(letter, 'kusto'))) setting.noted.add('term');
  const word = `${{ whole: 'has', prefix: 'hasprefix', suffix: 'hassuffix' }[edge]}${cased ? '_cs' : ''}`;
  return signed(name, word, `!${word}`, string(text));
}

/** A test of every column. Its negated operators would ask whether some column fails it, so `not` stands around it. */
function keyword({ test, origin }: OfKind<'keyword'>, setting: Setting): Test | { readonly refused: string } {
  const { noted, profile, table, losses } = setting;
  if (isMatchedByNothing({ ...test, field: 'f' })) return { refused: 'every row has a column that is empty' };
  noted.add('wholeRow');
  const columns = table === null ? {} : (profile.tables?.[table]?.columns ?? {});
  if (Object.values(columns).includes('dynamic'))
    losses.push({ feature: 'keyword', effect: 'differs', why: assumptions.partsAsText, origin });
  if (test.kind === 'regex') {
    const written = regexText(test.regex);
    return 'refused' in written ? written : { text: `* matches regex ${string(written.text)}` };
  }
  if (!test.cased && test.pattern.some((piece) => typeof piece === 'string' && foldsBeyondAscii(piece)))
    noted.add('folding');
  const affix = affixOf(test.pattern);
  if (affix === undefined) return { text: `* matches regex ${string(patternRegex(test.pattern, test.cased))}` };
  const [operator, text] = affix;
  const word = operator === 'whole' ? (test.cased ? '==' : '=~') : `${operator}${test.cased ? '_cs' : ''}`;
  return { text: `* ${word} ${string(text)}` };
}
