import { LAST_CODE } from '../../ir/regex/code-set.ts';
import type { CodeRange } from '../../ir/regex/tree.ts';
import { isAnyText } from './regexp.ts';
import type { Regexp } from './regexp.ts';

/**
 * Tells whether Lucene builds the automaton of an expression, and soon.
 *
 * Lucene stops at 10,000 states (`Operations.DEFAULT_MAX_DETERMINIZED_STATES`, TooComplexToDeterminizeException), and
 * measured on Lucene 8.7 it needs a second at two thousand and minutes at four. The states are counted here as
 * derivatives: what is left of the expression after each character; Lucene's own are a few more. Texts
 * with `.*` between them, which is nearly all there is, need about a state a character and are not counted.
 */
export function fitsAutomaton(regexp: Regexp): boolean {
  if (isPlain(regexp)) return true;
  const key = JSON.stringify(regexp);
  let fits = counted.get(key);
  if (fits === undefined) {
    if (counted.size >= MOST_COUNTED) counted.clear();
    counted.set(key, (fits = new Derivatives(regexp).count() <= MOST_STATES));
  }
  return fits;
}

/** A rule prints the same expression for each kind of event that it means. */
const counted = new Map<string, boolean>();
const MOST_COUNTED = 500;

const MOST_STATES = 2500;
/** Derivatives taken before an expression is called too complex; a hundred a state is far beyond any that is not. */
const MOST_STEPS = 300_000;

/**
 * A row of sets and `.*` in which two sets are the same or have nothing in common is a text search. So is a choice of
 * several that have `.*` at their ends only; inside, each would multiply the states of the others.
 */
function isPlain(regexp: Regexp): boolean {
  const rows = (regexp.kind === 'either' ? regexp.of : [regexp]).map((row) => (row.kind === 'concat' ? row.of : [row]));
  const searches =
    rows.length > 1
      ? rows.map((row) => row.filter((part, at) => (at > 0 && at < row.length - 1) || !isAnyText(part)))
      : rows;
  const parts = searches.flat().filter((part) => rows.length > 1 || !isAnyText(part));
  return parts.every((part) => part.kind === 'set') && areApart(parts.flatMap((part) => part.ranges));
}

function areApart(ranges: readonly CodeRange[]): boolean {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  return sorted.every(([from, to], at) => {
    const before = sorted[at - 1];
    return !before || from > before[1] || (from === before[0] && to === before[1]);
  });
}

type State =
  | { readonly kind: 'set'; readonly ranges: readonly (readonly [number, number])[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'then'; readonly first: number; readonly rest: number }
  | { readonly kind: 'either' | 'both'; readonly of: readonly number[] }
  | { readonly kind: 'except'; readonly of: number }
  | { readonly kind: 'repeat'; readonly of: number; readonly min: number; readonly max: number | null };

/** Interned expressions and their derivatives: equal ones have one number. */
class Derivatives {
  readonly #states: State[] = [];
  readonly #known = new Map<string, number>();
  readonly #accepting: boolean[] = [];
  readonly #start: number;
  readonly #nothing: number;
  readonly #empty: number;
  #steps = 0;

  constructor(regexp: Regexp) {
    this.#nothing = this.#intern({ kind: 'either', of: [] });
    this.#empty = this.#intern({ kind: 'empty' });
    this.#start = this.#read(regexp);
  }

  /** The number of different derivatives, or infinity where there are too many to tell. */
  count(): number {
    const characters = this.#characters();
    const seen = new Set([this.#start]);
    const open = [this.#start];
    const memo = new Map<string, number>();
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      for (const character of characters) {
        const next = this.#derive(state, character, memo);
        if (this.#steps > MOST_STEPS || seen.size > MOST_STATES) return Infinity;
        if (!seen.has(next)) {
          seen.add(next);
          open.push(next);
        }
      }
    }
    return seen.size;
  }

  /** One character of each class that no set of the expression divides. */
  #characters(): number[] {
    const borders = new Set([0]);
    for (const state of this.#states)
      if (state.kind === 'set')
        for (const [from, to] of state.ranges) {
          borders.add(from);
          if (to < LAST_CODE) borders.add(to + 1);
        }
    return [...borders];
  }

  #derive(id: number, character: number, memo: Map<string, number>): number {
    const key = `${id} ${character}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    this.#steps += 1;
    const result = this.#steps > MOST_STEPS ? this.#nothing : this.#derived(this.#states[id]!, character, memo);
    memo.set(key, result);
    return result;
  }

  #derived(state: State, character: number, memo: Map<string, number>): number {
    const of = (id: number) => this.#derive(id, character, memo);
    switch (state.kind) {
      case 'empty':
        return this.#nothing;
      case 'set':
        return state.ranges.some(([from, to]) => from <= character && character <= to) ? this.#empty : this.#nothing;
      case 'then': {
        const through = this.#then(of(state.first), state.rest);
        return this.#accepting[state.first] ? this.#join('either', [through, of(state.rest)]) : through;
      }
      case 'either':
      case 'both':
        return this.#join(state.kind, state.of.map(of));
      case 'except':
        return this.#intern({ kind: 'except', of: of(state.of) });
      case 'repeat': {
        const { min, max } = state;
        const rest = this.#repeat(state.of, Math.max(0, min - 1), max === null ? null : max - 1);
        return this.#then(of(state.of), rest);
      }
    }
  }

  #then(first: number, rest: number): number {
    if (first === this.#nothing || rest === this.#nothing) return this.#nothing;
    if (first === this.#empty) return rest;
    if (rest === this.#empty) return first;
    const head = this.#states[first]!;
    if (head.kind === 'then') return this.#then(head.first, this.#then(head.rest, rest));
    return this.#intern({ kind: 'then', first, rest });
  }

  #join(kind: 'either' | 'both', parts: readonly number[]): number {
    const flat = parts.flatMap((id) => {
      const state = this.#states[id]!;
      return state.kind === kind ? state.of : [id];
    });
    if (kind === 'both' && flat.includes(this.#nothing)) return this.#nothing;
    const of = [...new Set(flat)].toSorted((a, b) => a - b);
    return of.length === 1 ? of[0]! : this.#intern({ kind, of });
  }

  #repeat(of: number, min: number, max: number | null): number {
    return max === 0 || of === this.#empty ? this.#empty : this.#intern({ kind: 'repeat', of, min, max });
  }

  #read(node: Regexp): number {
    switch (node.kind) {
      case 'set':
        return this.#intern({ kind: 'set', ranges: node.ranges });
      case 'concat':
        return node.of.reduceRight<number>((rest, part) => this.#then(this.#read(part), rest), this.#empty);
      case 'either':
      case 'both':
        return this.#join(
          node.kind,
          node.of.map((part) => this.#read(part)),
        );
      case 'repeat':
        return this.#repeat(this.#read(node.of), node.min, node.max);
      case 'except':
        return this.#intern({ kind: 'except', of: this.#read(node.of) });
    }
  }

  #intern(state: State): number {
    const key = JSON.stringify(state);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const id = this.#states.push(state) - 1;
    this.#known.set(key, id);
    this.#accepting.push(this.#accepts(state));
    return id;
  }

  #accepts(state: State): boolean {
    const of = (id: number) => this.#accepting[id]!;
    switch (state.kind) {
      case 'set':
        return false;
      case 'empty':
        return true;
      case 'then':
        return of(state.first) && of(state.rest);
      case 'either':
        return state.of.some(of);
      case 'both':
        return state.of.every(of);
      case 'except':
        return !of(state.of);
      case 'repeat':
        return state.min === 0 || of(state.of);
    }
  }
}
