import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import { parseNetwork } from '../../ir/cidr.ts';
import { many, normal } from '../../ir/pattern.ts';
import { all, always, any, never, not } from '../../ir/predicate.ts';
import type { Compare, Keyword, Order, Predicate, SameAs } from '../../ir/predicate.ts';
import type { Span } from '../../text/source.ts';
import { isNumeric } from './column-types.ts';
import type { Operand } from './lower-operand.ts';
import { isMatchedByNothing } from './nothing.ts';
import { readRegex } from './read-regex.ts';
import type { TextTest } from './read-regex.ts';
import { termRegex } from './regex-text.ts';
import type { Scope } from './scope.ts';
import { foldsBeyondAscii, hasLetters } from './text.ts';
import { both, certain, either, negated } from './truth.ts';
import type { Truth } from './truth.ts';

/** Where a test stands: what its names mean, and its text. */
export interface Place {
  readonly scope: Scope;
  readonly span: Span;
}

type Column = Operand & { kind: 'column' };

function fail({ scope, span }: Place, code: string, message: string, hint?: string): never {
  return scope.cursor.fail(`kusto/${code}`, message, span, hint);
}

/** A comparison of two operands by an operator without its `!`. */
export function compared(operator: string, left: Operand, right: Operand, place: Place): Truth {
  if (left.kind === 'moment' || right.kind === 'moment')
    return fail(place, 'time', 'a comparison with a point in time is read as a condition of `where` by itself only');
  if (left.kind === 'constant' && right.kind === 'constant') return folded(operator, left.value, right.value, place);
  if (left.kind === 'constant' && Object.hasOwn(turned, operator))
    return compared(turned[operator]!, right, left, place);
  if (right.kind === 'constant') {
    if (left.kind === 'star') return wholeRow(operator, String(right.value), place);
    if (left.kind === 'part' && typeof right.value === 'number')
      return ordered(
        { kind: 'compare', field: left.field, part: left.part, order: '=', value: right.value },
        operator,
        place,
      );
    if (left.kind === 'column') return columnTest(operator, left, right.value, place);
  }
  if (left.kind === 'column' && right.kind === 'column') return related(operator, left, right, place);
  const odd = [left, right].find(({ kind }) => kind === 'other');
  const what = odd?.kind === 'other' ? odd.what : 'this';
  return fail(place, 'operand', `${what} can't be compared here`);
}

/** Operators that mean the same, or the opposite order, with their sides exchanged. */
const turned: Readonly<Record<string, string>> = { '==': '==', '=~': '=~', '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

/** A test of one literal by another. */
function folded(
  operator: string,
  left: string | number | boolean,
  right: string | number | boolean,
  place: Place,
): Truth {
  const field = 'constant';
  const column: Column = { kind: 'column', field, type: typeof left === 'number' ? 'real' : 'string', form: 'itself' };
  const { yes } = columnTest(operator, column, right, place);
  return certain(evaluate(yes, eventOf({ [field]: left })) ? always : never);
}

function columnTest(operator: string, column: Column, value: string | number | boolean, place: Place): Truth {
  if (Object.hasOwn(opposite, operator)) {
    if (typeof value !== 'number' || (column.type === 'string' && column.form !== 'number'))
      return fail(
        place,
        'text-order',
        'numbers are ordered, texts are not',
        'turn the column into a number: toint(x) > 5',
      );
    return ordered({ kind: 'compare', field: column.field, part: 'number', order: '=', value }, operator, place);
  }
  if (column.form === 'number') {
    if (typeof value !== 'number' || operator !== '==')
      return fail(place, 'operand', 'a number is compared with numbers');
    if (column.type === 'string') place.scope.noted.add('number');
    return certain({ kind: 'compare', field: column.field, part: 'number', order: '=', value });
  }
  if (typeof value !== 'string' && operator === '==' && column.form === 'itself')
    return certain({ kind: 'equal', field: column.field, value });
  return certain(textTest(operator, column, String(value), place));
}

const opposite: Readonly<Record<string, Order>> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

/** An order is null of what is no number, and so is its negation. */
function ordered(test: Compare, operator: string, place: Place): Truth {
  if (test.part !== 'number') place.scope.noted.add('clock');
  if (operator === '==') return certain(test);
  if (!Object.hasOwn(opposite, operator)) return fail(place, 'operand', 'a number is compared by order only');
  return { yes: { ...test, order: operator as Order }, no: { ...test, order: opposite[operator]! } };
}

function present(field: string): Predicate {
  return { kind: 'like', field, pattern: [many], cased: true };
}

/** The text is missing or empty, which are one. */
function nothing(field: string): Predicate {
  return any([not(present(field)), { kind: 'like', field, pattern: [], cased: false }]);
}

/** A test of a text, as its column is looked at. A missing text is an empty one. */
function textTest(operator: string, column: Column, value: string, place: Place): Predicate {
  const lowered = column.form === 'lower' || column.form === 'upper';
  if (lowered) place.scope.noted.add('lowered');
  const heeds = operator === '==' || operator.endsWith('_cs');
  const reachable = column.form === 'lower' ? value.toLowerCase() : value.toUpperCase();
  if (lowered && heeds && value !== reachable) return never;
  const test = bare(lowered && heeds ? uncased(operator) : operator, value, lowered, place);
  const atom = { ...test, field: column.field };
  if (test.kind === 'like' && test.pattern.length === 0) return nothing(column.field);
  return isMatchedByNothing(atom) ? any([atom, not(present(column.field))]) : atom;
}

function uncased(operator: string): string {
  return operator === '==' ? '=~' : operator.replace(/_cs$/, '');
}

interface TermTest {
  readonly kind: 'term';
  readonly term: string;
  readonly edge: 'whole' | 'prefix' | 'suffix';
  readonly tokenizer: 'kusto';
  readonly cased: boolean;
}

const edges: Readonly<Record<string, TermTest['edge']>> = { has: 'whole', hasprefix: 'prefix', hassuffix: 'suffix' };

/** What an operator asks of a text. */
function bare(operator: string, value: string, lowered: boolean, place: Place): TextTest | TermTest {
  const { noted } = place.scope;
  const cased = operator === '==' || operator.endsWith('_cs');
  if (!cased && operator !== 'matches regex' && foldsBeyondAscii(value)) noted.add('folding');
  const like = (...pattern: readonly (string | typeof many)[]): TextTest => ({
    kind: 'like',
    pattern: normal(pattern),
    cased: cased && hasLetters(value),
  });
  const word = operator.replace(/_cs$/, '');
  if (Object.hasOwn(edges, word)) {
    if (/[^\p{L}\p{N}]/u.test(value)) noted.add('term');
    return { kind: 'term', term: value, edge: edges[word]!, tokenizer: 'kusto', cased };
  }
  switch (word) {
    case '==':
    case '=~':
      return like(value);
    case 'contains':
      return like(many, value, many);
    case 'startswith':
      return like(value, many);
    case 'endswith':
      return like(many, value);
    case 'matches regex':
      return expression(value, lowered, place);
    case ':':
      return { kind: 'term', term: value, edge: 'whole', tokenizer: 'kusto', cased: false };
    default:
      return fail(place, 'operand', `\`${operator}\` is no test of a text`);
  }
}

function expression(source: string, lowered: boolean, place: Place): TextTest {
  if (lowered && /[A-Z]/.test(source.replace(/\\[\s\S]/g, '')))
    return fail(place, 'operand', 'an expression with capitals is asked of a text in small letters');
  const read = readRegex(lowered ? `(?i)${source}` : source, place.scope.noted);
  return 'fault' in read ? fail(place, 'regex', read.fault.message, read.fault.hint) : read;
}

/** A test of every column of the row. */
export function wholeRow(operator: string, value: string, place: Place): Truth {
  const asked = bare(operator, value, false, place);
  const { table, profile, noted } = place.scope;
  noted.add('wholeRow');
  const columns = table === null ? {} : (profile.tables?.[table]?.columns ?? {});
  if (Object.values(columns).includes('dynamic')) noted.add('partsAsText');
  let test: TextTest;
  if (asked.kind === 'term') {
    const read = readRegex(termRegex(asked), place.scope.noted);
    if ('fault' in read) return fail(place, 'regex', read.fault.message);
    test = read;
  } else test = asked;
  if (isMatchedByNothing({ ...test, field: 'any' }))
    return fail(place, 'condition', 'every row has a column that is empty, so this says nothing');
  const keyword: Keyword = { kind: 'keyword', test };
  return certain(keyword);
}

/** `in`, `in~`, `has_any`, `has_all` of a list. */
export function listed(operator: string, left: Operand, right: Operand, place: Place): Truth {
  const values = right.kind === 'list' ? right.of : [right];
  const test = operator === 'in' ? '==' : operator === 'in~' ? '=~' : 'has';
  const parts = values.flatMap((value): Truth[] => {
    const constants = value.kind === 'list' ? value.of : [value];
    return constants.map((each) => {
      if (each.kind === 'constant') return compared(test, left, each, place);
      const what = each.kind === 'other' ? each.what : 'what is not written out';
      return fail(place, 'list', `${what} can't stand in a list here`, 'the values of a list are written out');
    });
  });
  if (parts.length === 0) return operator === 'has_all' ? certain(always) : certain(never);
  return operator === 'has_all' ? both(parts) : either(parts);
}

/** `isempty` and its like. A text is never null. */
export function presence(called: 'isempty' | 'isnotempty' | 'isnull' | 'isnotnull', of: Operand, place: Place): Truth {
  if (of.kind !== 'column') return fail(place, 'operand', `\`${called}\` is read of columns only`);
  const textual = of.form === 'text' || of.form === 'lower' || of.form === 'upper' || of.type === 'string';
  const empty = textual || of.type === 'dynamic' ? nothing(of.field) : not(present(of.field));
  if (called === 'isempty') return certain(empty);
  if (called === 'isnotempty') return negated(certain(empty));
  const isNull = certain(textual && of.form !== 'number' ? never : not(present(of.field)));
  return called === 'isnull' ? isNull : negated(isNull);
}

/** Whether a column's address is in a network; null of what is no address. */
export function networkTest(of: Operand, networks: readonly string[], place: Place): Truth {
  if (of.kind !== 'column') return fail(place, 'operand', 'a network is asked of columns only');
  if (networks.length === 0) return fail(place, 'operand', 'expected a network between quotes');
  const { field } = of;
  const tests = networks.map((each): Predicate => {
    const network = each.includes('/') ? each : `${each}/${each.includes(':') ? 128 : 32}`;
    if (!parseNetwork(network)) return fail(place, 'network', `\`${each}\` is no network`);
    return { kind: 'cidr', field, network };
  });
  const six = networks.some((each) => each.includes(':'));
  place.scope.noted.add(six ? 'network6' : 'network');
  const yes = any(tests);
  const address: Predicate = { kind: 'cidr', field, network: six ? '::/0' : '0.0.0.0/0' };
  return { yes, no: all([address, not(yes)]) };
}

const relations: Readonly<Record<string, SameAs['relation']>> = {
  '==': 'whole',
  '=~': 'whole',
  contains: 'contains',
  startswith: 'startswith',
  endswith: 'endswith',
};

/** Two columns of a row compared. Missing texts are empty ones, and so are alike. */
function related(operator: string, left: Column, right: Column, place: Place): Truth {
  const word = operator.replace(/_cs$/, '');
  const [one, other] = [left, right].map(({ form }) => (form === 'text' ? 'itself' : form));
  if (!Object.hasOwn(relations, word) || one !== other || one === 'number' || one === 'time')
    return fail(place, 'operand', 'two columns are compared as texts, both as they are or both by tolower()');
  const relation = relations[word]!;
  const lowered = one !== 'itself';
  const cased = !lowered && (operator === '==' || operator.endsWith('_cs'));
  if (!cased) place.scope.noted.add(lowered ? 'lowered' : 'folding');
  const same: SameAs = { kind: 'sameAs', field: left.field, other: right.field, relation, cased };
  if (isNumeric(left.type) && isNumeric(right.type))
    return { yes: same, no: all([not(same), any([present(left.field), present(right.field)])]) };
  const empty = relation === 'whole' ? all([nothing(left.field), nothing(right.field)]) : nothing(right.field);
  return certain(any([same, empty]));
}
