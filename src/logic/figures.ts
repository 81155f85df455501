import { stands } from '../ir/order.ts';
import type { Compare, TimePart } from '../ir/predicate.ts';
import { partOf } from '../ir/time-part.ts';
import type { Core, Named } from './field.ts';

/** Texts whose figures stand as demanded; or a conflict, which proves that no figure does. */
export type Figures = { readonly kind: 'texts'; readonly texts: readonly string[] } | Core;

/** A test of a figure, and whether it is to hold. */
interface Rule {
  readonly ref: number;
  readonly compare: Compare;
  readonly wanted: boolean;
}

/**
 * Solves the demands on a value that is read as a number or as a time. Where there is no such demand a value need be
 * neither, and there is nothing to solve.
 */
export function figuresOf(inside: readonly Named[], outside: readonly Named[]): Figures {
  const demands = rulesOf(inside, true);
  if (demands.length === 0) return { kind: 'texts', texts: [] };
  const rules = [...demands, ...rulesOf(outside, false)];
  const [numeric, timed] = [rules.filter(isNumeric), rules.filter((rule) => !isNumeric(rule))];
  const [byNumber, byTime] = [demands.some(isNumeric), demands.some((rule) => !isNumeric(rule))];
  if (byNumber && byTime) {
    const both = [demands.find(isNumeric)!, demands.find((rule) => !isNumeric(rule))!];
    return { kind: 'core', refs: both.map(({ ref }) => ref), reason: null };
  }
  const [solve, asked] = byNumber ? ([numbers, numeric] as const) : ([moments, timed] as const);
  const texts = solve(asked);
  if (texts.length > 0) return { kind: 'texts', texts };
  let needed = asked;
  for (const each of asked) {
    const fewer = needed.filter((rule) => rule !== each);
    if (fewer.some(({ wanted }) => wanted) && solve(fewer).length === 0) needed = fewer;
  }
  return { kind: 'core', refs: needed.map(({ ref, wanted }) => (wanted ? ref : -ref)), reason: null };
}

function rulesOf(named: readonly Named[], wanted: boolean): Rule[] {
  return named.flatMap(({ ref, language: { compare } }) => (compare ? [{ ref, compare, wanted }] : []));
}

function isNumeric({ compare }: Rule): boolean {
  return compare.part === 'number';
}

/**
 * Numbers that stand as demanded, as texts. The bounds divide the numbers into points and gaps; one number of each is
 * as good as any other of it, so an empty answer proves that there is none.
 */
function numbers(rules: readonly Rule[]): string[] {
  const bounds = [...new Set(rules.map(({ compare }) => compare.value + 0))].sort((a, b) => a - b);
  const tried = bounds.flatMap((bound, index) => [bound, ...between(bound, bounds[index + 1] ?? Infinity)]);
  const all = [...between(-Infinity, bounds[0]!), ...tried, -Infinity, Infinity];
  const found = all.filter((value) => meets(rules, value));
  const whole = (value: number) => Number(!Number.isSafeInteger(value));
  return found.toSorted((a, b) => whole(a) - whole(b)).flatMap(spellings);
}

/** Numbers above `low` and below `high`, whole ones first; at least one if there is one. */
function between(low: number, high: number): number[] {
  const found: number[] = [];
  const add = (value: number) => {
    if (low < value && value < high && !found.includes(value)) found.push(value);
  };
  const [least, most] = [Math.max(low, -Number.MAX_VALUE), Math.min(high, Number.MAX_VALUE)];
  if (low === -Infinity) for (let step = 1; step <= 8; step += 1) add(Math.ceil(most) - step);
  else for (let step = 1; step <= 8; step += 1) add(Math.floor(least) + step);
  add(least / 2 + most / 2);
  add(least);
  add(most);
  for (const value of [nextAfter(least), -nextAfter(-most)]) add(value);
  return found;
}

/** The least double above `value`. */
function nextAfter(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigUint64(0, bits.getBigUint64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}

function spellings(value: number): string[] {
  if (!Number.isFinite(value)) return [value > 0 ? '1e999' : '-1e999'];
  const text = String(value);
  return [
    text,
    /^-?\d+$/.test(text) ? `${text}.0` : `${text} `,
    ` ${text}`,
    value < 0 ? `-0${text.slice(1)}` : `0${text}`,
  ];
}

function meets(rules: readonly Rule[], value: number): boolean {
  return rules.every(({ compare, wanted }) => stands(value, compare.order, compare.value) === wanted);
}

/** Hours and minutes; the last of each is none that a clock shows, for which no test holds. */
const hours = [...Array.from({ length: 24 }, (_, hour) => hour), 99];
const minutes = [...Array.from({ length: 60 }, (_, minute) => minute), 99];

/**
 * Points in time whose parts stand as demanded, as texts.
 *
 * Year, month, day and week depend on each other, hour and minute on nothing. Of the years that the tests of years
 * allow, one of each kind is looked at, alike in its weeks and its February: an empty answer proves that there is no
 * such time.
 */
function moments(rules: readonly Rule[]): string[] {
  const of = (...parts: readonly TimePart[]) =>
    rules.filter(({ compare }) => (parts as string[]).includes(compare.part));
  const [hour] = hours.filter((value) => fitsClock(of('hour'), value, 23));
  const [minute] = minutes.filter((value) => fitsClock(of('minute'), value, 59));
  const clocked = of('hour', 'minute');
  const clocks: string[] = [];
  if (clocked.every(({ wanted }) => !wanted)) clocks.push('');
  if (hour !== undefined && minute !== undefined)
    clocks.push(` ${two(hour)}:${two(minute)}:00`, `T${two(hour)}:${two(minute)}:00Z`);
  const dated = of('year', 'month', 'day', 'week');
  const dates: string[] = [];
  if (clocks.length > 0)
    for (const year of kindsOfYears(of('year'))) {
      for (let day = 0; day < 366 && dates.length < 12; day += 1) {
        const month = new Date(Date.UTC(2024, 0, 1 + day));
        const date = `${String(year).padStart(4, '0')}-${two(month.getUTCMonth() + 1)}-${two(month.getUTCDate())}`;
        const fits = ({ compare, wanted }: Rule) => {
          const part = partOf(date, compare.part as TimePart);
          return part !== undefined && stands(part, compare.order, compare.value) === wanted;
        };
        if (partOf(date, 'year') !== undefined && dated.every(fits)) dates.push(date);
      }
    }
  return dates.flatMap((date) => clocks.map((clock) => date + clock));
}

function fitsClock(rules: readonly Rule[], value: number, most: number): boolean {
  return rules.every(
    ({ compare, wanted }) => (value <= most && stands(value, compare.order, compare.value)) === wanted,
  );
}

/**
 * One year of each kind among those allowed, beginning with our own days. The calendar repeats after 400 years; years
 * below 100 are read by the calendar of the twentieth century.
 */
function kindsOfYears(rules: readonly Rule[]): number[] {
  const inCycle = new Map<number, number>();
  for (let offset = 0; offset < 10_000; offset += 1) {
    const year = (2024 + offset) % 10_000;
    const place = (year < 100 ? year + 1900 : year) % 400;
    if (!inCycle.has(place) && meets(rules, year)) inCycle.set(place, year);
  }
  const kinds = new Map<string, number>();
  for (const year of inCycle.values()) {
    const text = String(year).padStart(4, '0');
    const starts = Array.from({ length: 8 }, (_, day) => partOf(`${text}-01-${two(day + 1)}`, 'week'));
    const kind = `${starts.join()} ${partOf(`${text}-02-29`, 'day')}`;
    if (!kinds.has(kind)) kinds.set(kind, year);
  }
  return [...kinds.values()];
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
