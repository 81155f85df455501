import { many, one } from '../../ir/pattern.ts';
import type { Piece } from '../../ir/pattern.ts';
import { always, never, not } from '../../ir/predicate.ts';
import type { Field, Order, Predicate } from '../../ir/predicate.ts';
import { parseRegex } from '../../ir/regex/parse.ts';
import type { Regex } from '../../ir/regex/tree.ts';
import type { Profile } from '../../schema/profile.ts';
import type { Cursor } from '../../text/cursor.ts';
import type { Span } from '../../text/source.ts';
import type { Noted } from './assumptions.ts';
import { wholeCharacters } from './units.ts';

export interface Reader {
  readonly cursor: Cursor;
  readonly profile: Profile;
  readonly noted: Noted;
}

/** What is looked at: a field, the message, every value; or what is written out. */
export type Operand =
  | { readonly kind: 'field'; readonly field: Field; readonly list: boolean; readonly span: Span }
  | { readonly kind: 'values'; readonly span: Span }
  | { readonly kind: 'text'; readonly value: string; readonly quoted: boolean; readonly span: Span }
  | { readonly kind: 'texts'; readonly values: readonly string[]; readonly span: Span }
  | { readonly kind: 'constant'; readonly value: boolean | null; readonly span: Span };

/** What `left -operator right` asks for (about_Comparison_Operators). */
export function comparison(reader: Reader, left: Operand, operator: string, right: Operand, span: Span): Predicate {
  const [, cased = '', bare = ''] =
    /^-([ci]?)(like|notlike|eq|ne|match|notmatch|contains|notcontains|in|notin|gt|ge|lt|le)$/.exec(
      operator.toLowerCase(),
    ) ?? [];
  const folds = cased !== 'c';
  if (bare === 'in' || bare === 'notin') {
    const found = overTexts(reader, right, left, folds, span);
    return bare === 'in' ? found : not(found);
  }
  if (left.kind === 'constant' && left.value === null && right.kind === 'field' && (bare === 'ne' || bare === 'eq')) {
    const there = presence(right.field);
    return bare === 'ne' ? there : not(there);
  }
  if (left.kind !== 'field' && left.kind !== 'values')
    return reader.cursor.fail('powershell/operand', 'a field is wanted on the left', left.span);
  const negated = /^n(?:e|ot)/.test(bare);
  if (negated && (left.kind === 'values' || left.list))
    return reader.cursor.fail(
      'powershell/operator',
      `of a list, ${operator} leaves over what differs, which is rarely meant`,
      span,
      'write -not (.. -eq ..)',
    );
  if (right.kind === 'constant' && right.value === null && left.kind === 'field' && (bare === 'eq' || bare === 'ne'))
    return bare === 'ne' ? presence(left.field) : not(presence(left.field));
  if (right.kind !== 'text') {
    if (right.kind === 'texts' && /^(?:eq|ne)$/.test(bare))
      return reader.cursor.fail(
        'powershell/operand',
        'a list on the right is never equal to one value',
        right.span,
        'write -in',
      );
    return reader.cursor.fail('powershell/operand', 'a text or number is wanted on the right', right.span);
  }
  const test = oneTest(reader, left, bare.replace(/^not/, '').replace(/^ne$/, 'eq'), right, folds, span);
  return negated ? not(test) : test;
}

function overTexts(reader: Reader, list: Operand, left: Operand, folds: boolean, span: Span): Predicate {
  const values = list.kind === 'texts' ? list.values : list.kind === 'text' ? [list.value] : undefined;
  if (left.kind !== 'field' || left.list || !values)
    return reader.cursor.fail(
      'powershell/operand',
      '-in is read for one value of the event and a list that is written out',
      span,
    );
  return {
    kind: 'any',
    of: values.map((value) => ({ kind: 'like', field: left.field, pattern: [value], cased: !folds })),
  };
}

function presence(field: Field): Predicate {
  return { kind: 'like', field, pattern: [many], cased: false };
}

type TextOperand = Extract<Operand, { kind: 'text' }>;
type Left = Extract<Operand, { kind: 'field' | 'values' }>;

function oneTest(reader: Reader, left: Left, bare: string, right: TextOperand, folds: boolean, span: Span): Predicate {
  if (bare === 'like') return likeTest(reader, left, right, !folds);
  if (bare === 'match')
    return placed(left, { kind: 'regex', regex: readRegex(reader, right.value, right.span, folds) });
  const isWhole = bare === 'eq' || bare === 'contains';
  if (isWhole) return placed(left, { kind: 'like', pattern: right.value === '' ? [] : [right.value], cased: !folds });
  const value = Number(right.value);
  const order = ({ gt: '>', ge: '>=', lt: '<', le: '<=' } as Readonly<Record<string, Order>>)[bare];
  if (left.kind !== 'field' || left.list || right.quoted || Number.isNaN(value) || order === undefined)
    return reader.cursor.fail('powershell/operator', 'the order of numbers is read for properties such as $_.Id', span);
  return { kind: 'compare', field: left.field, part: 'number', order, value };
}

type Tested =
  | { readonly kind: 'like'; readonly pattern: readonly Piece[]; readonly cased: boolean }
  | { readonly kind: 'regex'; readonly regex: Regex };

function placed(left: Left, test: Tested): Predicate {
  return left.kind === 'values' ? { kind: 'keyword', test } : { ...test, field: left.field };
}

/** Reads an expression of .NET; `d`, `w`, `s` and `b` differ from ours beyond ASCII. */
export function readRegex({ cursor, noted }: Reader, text: string, span: Span, ignoreCase: boolean): Regex {
  const read = parseRegex(text, { ignoreCase, multiline: false, dotAll: false });
  if ('fault' in read) {
    const at = Math.min(span.start + 1 + read.fault.at, span.end - 1);
    return cursor.fail('powershell/regex', read.fault.message, { start: at, end: at + 1 }, read.fault.hint);
  }
  if (/(?:^|[^\\])(?:\\\\)*\\[dwsbDWSB]/.test(text)) noted.add('classes');
  return { ...read.regex, tree: wholeCharacters(read.regex.tree) };
}

/** `*`, `?`, `[a-z]`, and a backtick before a sign that is itself (about_Wildcards). */
function likeTest(reader: Reader, left: Left, { value, span }: TextOperand, cased: boolean): Predicate {
  const pieces: Piece[] = [];
  let expression = '';
  let hasClass = false;
  for (let at = 0; at < value.length; at += 1) {
    const sign = value[at]!;
    if (sign === '*' || sign === '?') {
      pieces.push(sign === '*' ? many : one);
      expression += sign === '*' ? '.*' : '.';
      continue;
    }
    if (sign === '[') {
      const end = value.indexOf(']', at + 2);
      if (end === -1)
        return reader.cursor.fail('powershell/wildcard', 'the class is not closed', span, 'write `[ for the sign');
      hasClass = true;
      expression += `[${value.slice(at + 1, end).replace(/[\\^[]/g, '\\$&')}]`;
      at = end;
      continue;
    }
    const text = sign === '`' && at + 1 < value.length ? value[(at += 1)]! : sign;
    pieces.push(text);
    expression += text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  }
  if (!hasClass) return placed(left, { kind: 'like', pattern: pieces, cased });
  const read = parseRegex(`^${expression}\\z`, { ignoreCase: !cased, multiline: false, dotAll: true });
  if ('fault' in read) return reader.cursor.fail('powershell/wildcard', read.fault.message, span);
  return placed(left, { kind: 'regex', regex: read.regex });
}

/** What a value by itself is as a condition. */
export function truth({ cursor }: Reader, operand: Operand): Predicate {
  if (operand.kind === 'constant') return operand.value === true ? always : never;
  return cursor.fail(
    'powershell/condition',
    'a condition is wanted here, not a value',
    operand.span,
    'compare it: -eq, -like, -match',
  );
}
