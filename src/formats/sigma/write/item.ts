import type { Pattern, Piece } from '../../../ir/pattern.ts';
import type { Atom, Compare, Like, Predicate } from '../../../ir/predicate.ts';
import type { Regex } from '../../../ir/regex/tree.ts';
import { countDashes, MOST_DASHES } from '../detection/encodings.ts';
import { printPattern } from '../detection/pattern-text.ts';

/** A value as it is written: texts get quotes, the others none. */
export type ItemValue = string | number | boolean | null;

/** An entry of a selection: `CommandLine|contains` and its values. An empty key is a bare keyword. */
export interface Item {
  readonly key: string;
  readonly values: readonly ItemValue[];
  /** All values must match, where one is enough otherwise. */
  readonly all: boolean;
}

/**
 * Writes a predicate as one entry of a selection, or undefined where it takes more than one. The atoms must have passed
 * `refusalOf`. `placeholders` are names that are written with `expand`.
 */
export function itemOf(node: Predicate, placeholders: readonly string[]): Item | undefined {
  switch (node.kind) {
    case 'not':
      return negatedItem(node.of);
    case 'any':
      return windashItem(node.of, placeholders) ?? listItem(node.of, placeholders, false);
    case 'all':
      return listItem(node.of, placeholders, true);
    default:
      return atomItem(node, placeholders);
  }
}

/** `field: null` and `field|exists: false` are the negations that an entry can say by itself. */
function negatedItem(node: Predicate): Item | undefined {
  if (node.kind === 'exists') return one(`${fieldName(node)}|exists`, false);
  const present = node.kind === 'like' && node.pattern.length === 1 && node.pattern[0] !== undefined;
  return present && isMany(node.pattern[0]!) ? one(fieldName(node), null) : undefined;
}

/** Several values under one key. `all` makes sense of texts and expressions only. */
function listItem(parts: readonly Predicate[], placeholders: readonly string[], all: boolean): Item | undefined {
  const items = parts.map((part) => itemOf(part, placeholders));
  const [first] = items;
  if (first === undefined || parts.length < 2) return undefined;
  const alike = items.every(
    (item) => item !== undefined && item.key === first.key && item.values.length === 1 && item.values[0] !== null,
  );
  if (!alike || (all && !canBeAll(first.key))) return undefined;
  return { key: first.key, values: items.map((item) => item!.values[0]!), all };
}

/** Whether `|all` may be put behind a key. */
export function canBeAll(key: string): boolean {
  return !/\|(?:exists|cidr|fieldref|[lg]te?|minute|hour|day|week|month|year)\b/.test(key);
}

/**
 * Takes the spellings that `windash` makes of values back to those values. It applies only where the list holds every
 * spelling of each of its values.
 */
function windashItem(parts: readonly Predicate[], placeholders: readonly string[]): Item | undefined {
  const [first] = parts;
  if (first?.kind !== 'like') return undefined;
  const groups = new Map<string, { first: Pattern; size: number }>();
  for (const part of parts) {
    if (part.kind !== 'like' || part.field !== first.field || part.cased !== first.cased) return undefined;
    const same = JSON.stringify(part.pattern).replaceAll(/[/\u2013\u2014\u2015]/g, '-');
    const group = groups.get(same);
    groups.set(same, { first: group?.first ?? part.pattern, size: (group?.size ?? 0) + 1 });
  }
  const values = [...groups.values()];
  const whole = values.every(({ first: pattern, size }) => {
    const dashes = countDashes(pattern);
    return dashes <= MOST_DASHES && size === 5 ** dashes;
  });
  if (!whole || values.length === parts.length) return undefined;
  const items = values.map((group) => likeItem(fieldName(first), group.first, first.cased, placeholders, '|windash'));
  if (items.some(({ key }) => key !== items[0]!.key)) return undefined;
  return { key: items[0]!.key, values: items.map((item) => item.values[0]!), all: false };
}

function one(key: string, value: ItemValue): Item {
  return { key, values: [value], all: false };
}

function isMany(piece: Piece): boolean {
  return typeof piece !== 'string' && piece.wild === 'many';
}

function fieldName({ field }: { readonly field: Like['field'] }): string {
  return typeof field === 'string' ? field : '';
}

const orderNames = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const;

function atomItem(atom: Atom, placeholders: readonly string[]): Item {
  switch (atom.kind) {
    case 'like':
      return likeItem(fieldName(atom), atom.pattern, atom.cased, placeholders);
    case 'equal':
      return one(fieldName(atom), String(atom.value) === plainNumber(atom.value) ? atom.value : String(atom.value));
    case 'regex':
      return regexItem(fieldName(atom), atom.regex, placeholders);
    case 'compare':
      return one(`${fieldName(atom)}${compareModifiers(atom)}`, numeric(atom.value));
    case 'cidr':
      return expandable(`${fieldName(atom)}|cidr`, atom.network, placeholders);
    case 'exists':
      return one(`${fieldName(atom)}|exists`, true);
    case 'sameAs': {
      const relation = atom.relation === 'whole' ? '' : `|${atom.relation}`;
      const other = typeof atom.other === 'string' ? atom.other : '';
      return one(`${fieldName(atom)}|fieldref${relation}${atom.cased ? '|cased' : ''}`, other);
    }
    case 'keyword': {
      if (atom.test.kind === 'regex') return regexItem('', atom.test.regex, placeholders);
      const item = likeItem('', atom.test.pattern, atom.test.cased, placeholders);
      // A keyword is looked for inside a value as it is, so it does not say `contains`.
      return { ...item, key: item.key.replace('|contains', '') };
    }
    case 'term':
      return one(fieldName(atom), atom.term);
  }
}

function compareModifiers({ part, order }: Compare): string {
  return `${part === 'number' ? '' : `|${part}`}${order === '=' ? '' : `|${orderNames[order]}`}`;
}

/** The text of a number or boolean if YAML has no other spelling for it: `1e+21` is written as a text. */
function plainNumber(value: number | boolean): string | undefined {
  return typeof value === 'boolean' || /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(String(value)) ? String(value) : undefined;
}

function numeric(value: number): ItemValue {
  return plainNumber(value) === undefined ? String(value) : value;
}

function likeItem(field: string, pattern: Pattern, cased: boolean, placeholders: readonly string[], more = ''): Item {
  const last = pattern.at(-1);
  const opens = pattern.length > 1 && isMany(pattern[0]!);
  const closes = pattern.length > 1 && last !== undefined && isMany(last);
  const wrap = opens && closes ? '|contains' : opens ? '|endswith' : closes ? '|startswith' : '';
  const inner = pattern.slice(opens ? 1 : 0, closes ? -1 : undefined);
  // A keyword that is nothing but a hole is the empty keyword.
  if (field === '' && pattern.length === 1 && isMany(pattern[0]!)) return one('|contains', '');
  const { text, expand } = written(inner, placeholders);
  return one(`${field}${wrap}${more}${expand ? '|expand' : ''}${cased ? '|cased' : ''}`, text);
}

/** Prints a pattern; its placeholders stay as they are and other percent signs are escaped, if there are any. */
function written(pattern: Pattern, placeholders: readonly string[]): { text: string; expand: boolean } {
  const parts = placeholders.length === 0 ? [] : cutAt(pattern, placeholders);
  if (!parts.some((part) => typeof part === 'string')) return { text: printPattern(pattern), expand: false };
  const texts = parts.map((part) => (typeof part === 'string' ? part : printPattern(part).replaceAll('%', '\\%')));
  return { text: texts.join(''), expand: true };
}

/** A pattern cut into its placeholders, with their percent signs, and the patterns between them. */
function cutAt(pattern: Pattern, placeholders: readonly string[]): (string | Pattern)[] {
  const parts: (string | Piece[])[] = [[]];
  const add = (piece: Piece) => {
    const open = parts.at(-1);
    if (typeof open === 'string') parts.push([piece]);
    else open!.push(piece);
  };
  for (const piece of pattern) {
    if (typeof piece !== 'string') add(piece);
    else
      for (const part of piece.split(/(%[^%\s]+%)/))
        if (part.startsWith('%') && placeholders.includes(part.slice(1, -1))) parts.push(part);
        else if (part !== '') add(part);
  }
  return parts;
}

/** Whether a literal backslash stands right before a placeholder, where it would be read as an escape. */
export function hidesPlaceholder(pattern: Pattern, placeholders: readonly string[]): boolean {
  const parts = cutAt(pattern, placeholders);
  return parts.some((part, index) => {
    const before = parts[index - 1];
    const last = typeof before === 'object' ? before.at(-1) : undefined;
    return typeof part === 'string' && typeof last === 'string' && last.endsWith('\\');
  });
}

function regexItem(field: string, regex: Regex, placeholders: readonly string[]): Item {
  const { ignoreCase, multiline, dotAll } = regex.flags;
  const flags = `${ignoreCase ? '|i' : ''}${multiline ? '|m' : ''}${dotAll ? '|s' : ''}`;
  const item = expandable(`${field}|re`, regex.source, placeholders);
  return { ...item, key: `${item.key}${flags}` };
}

/** A text that is no pattern, under a key that gets `expand` if the text holds a placeholder. */
function expandable(key: string, text: string, placeholders: readonly string[]): Item {
  const parts = text.split(/(%[^%\s]+%)/);
  const isPlaceholder = (part: string) => part.startsWith('%') && placeholders.includes(part.slice(1, -1));
  if (!parts.some(isPlaceholder)) return one(key, text);
  return one(`${key}|expand`, parts.map((part) => (isPlaceholder(part) ? part : part.replaceAll('%', '\\%'))).join(''));
}
