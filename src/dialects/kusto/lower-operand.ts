import type { TimePart } from '../../ir/predicate.ts';
import type { ColumnType } from '../../schema/profile.ts';
import { columnOf, spend } from './scope.ts';
import type { Scope } from './scope.ts';
import { isPipeline } from './syntax.ts';
import type { Expression } from './syntax.ts';

/** How the value of a column is looked at: as it is, or by a function. */
export type Form = 'itself' | 'text' | 'number' | 'time' | 'lower' | 'upper';

/** What a test is put to, or compares with. */
export type Operand =
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | { readonly kind: 'list'; readonly of: readonly Operand[] }
  | { readonly kind: 'column'; readonly field: string; readonly type: ColumnType; readonly form: Form }
  | { readonly kind: 'part'; readonly part: TimePart; readonly field: string }
  | { readonly kind: 'star' }
  /** A point in time, such as `ago(1d)`. */
  | { readonly kind: 'moment' }
  | { readonly kind: 'condition'; readonly of: Expression; readonly scope: Scope }
  | { readonly kind: 'other'; readonly what: string };

/** Says what an expression is as a part of a test, with names put in. */
export function operandOf(of: Expression, scope: Scope): Operand {
  switch (of.kind) {
    case 'text':
    case 'number':
    case 'boolean':
      return { kind: 'constant', value: of.value };
    case 'opaque':
      return of.what.startsWith('date') ? { kind: 'moment' } : { kind: 'other', what: of.what };
    case 'list':
      return { kind: 'list', of: of.of.map((each) => operandOf(each, scope)) };
    case 'star':
      return { kind: 'star' };
    case 'name':
      return named(of, scope);
    case 'path':
      return pathOf(of, scope);
    case 'call':
      return called(of, scope);
    case 'binary':
      return computed(of, scope);
  }
}

function named(of: Expression & { kind: 'name' }, scope: Scope): Operand {
  spend(scope, of);
  const made = scope.columns.get(of.name);
  if (made)
    return made.from === null
      ? { kind: 'other', what: `the column \`${of.name}\`` }
      : operandOf(made.from, { ...scope, columns: made.columns });
  const bound = scope.lets.get(of.name);
  if (bound) {
    if (isPipeline(bound.value)) return { kind: 'other', what: `the table \`${of.name}\`` };
    return operandOf(bound.value, { ...scope, lets: bound.lets, columns: new Map() });
  }
  return { kind: 'column', field: of.name, type: columnOf(of.name, scope).type, form: 'itself' };
}

function pathOf(of: Expression & { kind: 'path' }, scope: Scope): Operand {
  const inner = operandOf(of.of, scope);
  if (inner.kind !== 'column' || inner.form === 'lower' || inner.form === 'upper')
    return { kind: 'other', what: 'a part of this' };
  return { kind: 'column', field: `${inner.field}.${of.key}`, type: 'dynamic', form: 'itself' };
}

const forms: Readonly<Record<string, Form>> = {
  tostring: 'text',
  tolower: 'lower',
  toupper: 'upper',
  toint: 'number',
  tolong: 'number',
  todouble: 'number',
  toreal: 'number',
  todecimal: 'number',
  todatetime: 'time',
  parse_json: 'itself',
  todynamic: 'itself',
};

const clocks: Readonly<Record<string, TimePart>> = {
  hourofday: 'hour',
  dayofmonth: 'day',
  week_of_year: 'week',
  monthofyear: 'month',
  getmonth: 'month',
  getyear: 'year',
};

/** Names of parts for `datetime_part`, of which `Week` is another word for what the function `week_of_year` gives. */
const parts: Readonly<Record<string, TimePart>> = {
  minute: 'minute',
  hour: 'hour',
  day: 'day',
  week_of_year: 'week',
  weekofyear: 'week',
  month: 'month',
  year: 'year',
};

function called(of: Expression & { kind: 'call' }, scope: Scope): Operand {
  const called = of.name;
  const [first, second] = of.with;
  const other: Operand = { kind: 'other', what: `\`${called}\`` };
  if (Object.hasOwn(forms, called) && first && of.with.length === 1)
    return formed(operandOf(first, scope), forms[called]!) ?? other;
  if (/^(?:ago|now|startof\w+|endof\w+|datetime_add|make_datetime|datetime_utc_to_local)$/.test(called))
    return { kind: 'moment' };
  if ((called === 'column_ifexists' || called === 'columnifexists') && first?.kind === 'text')
    return named({ kind: 'name', name: first.value, span: first.span }, scope);
  if (Object.hasOwn(clocks, called) && first) return partOf(clocks[called]!, operandOf(first, scope)) ?? other;
  if (called === 'datetime_part' && first?.kind === 'text' && second) {
    const part = first.value.toLowerCase();
    return Object.hasOwn(parts, part) ? (partOf(parts[part]!, operandOf(second, scope)) ?? other) : other;
  }
  if (called === 'strcat' || called === 'pack_array' || called === 'array_concat') {
    const values = of.with.map((each) => operandOf(each, scope));
    if (called === 'strcat') {
      const texts = values.map((each) => (each.kind === 'constant' ? String(each.value) : undefined));
      return texts.includes(undefined) ? other : { kind: 'constant', value: texts.join('') };
    }
    return { kind: 'list', of: values.flatMap((each) => (each.kind === 'list' ? each.of : [each])) };
  }
  return conditions.test(called) ? { kind: 'condition', of, scope } : other;
}

/** Functions whose value is a condition. */
const conditions = /^(?:not|is(?:not)?(?:null|empty)|ipv[46]_is_\w+|coalesce)$/;

function formed(inner: Operand, form: Form): Operand | undefined {
  if (inner.kind === 'constant') return constant(inner.value, form);
  if (inner.kind === 'part' && form === 'number') return inner;
  if (inner.kind === 'moment' && form === 'time') return inner;
  if (inner.kind !== 'column') return undefined;
  const before = inner.form;
  if (form === 'itself') return before === 'itself' || before === 'text' ? inner : undefined;
  if (form === 'text') return before === 'itself' ? { ...inner, form } : textual(before) ? inner : undefined;
  if (form === 'lower' || form === 'upper')
    return textual(before) || before === 'itself' ? { ...inner, form } : undefined;
  return before === 'itself' || before === 'text' || before === form ? { ...inner, form } : undefined;
}

function textual(form: Form): boolean {
  return form === 'text' || form === 'lower' || form === 'upper';
}

function constant(value: string | number | boolean, form: Form): Operand | undefined {
  const text = String(value);
  switch (form) {
    case 'text':
      return { kind: 'constant', value: text };
    case 'lower':
      return { kind: 'constant', value: text.toLowerCase() };
    case 'upper':
      return { kind: 'constant', value: text.toUpperCase() };
    case 'number':
      return text.trim() === '' || Number.isNaN(Number(text)) ? undefined : { kind: 'constant', value: Number(text) };
    case 'time':
      return { kind: 'moment' };
    case 'itself':
      return { kind: 'constant', value };
  }
}

function partOf(part: TimePart, inner: Operand): Operand | undefined {
  return inner.kind === 'column' && (inner.form === 'itself' || inner.form === 'time')
    ? { kind: 'part', part, field: inner.field }
    : undefined;
}

/** Sums of times are times; other sums are not read; tests are conditions. */
function computed(of: Expression & { kind: 'binary' }, scope: Scope): Operand {
  if (!/^[-+*/%]$/.test(of.operator)) return { kind: 'condition', of, scope };
  const left = operandOf(of.left, scope);
  return left.kind === 'moment' ? left : { kind: 'other', what: `what \`${of.operator}\` gives` };
}
