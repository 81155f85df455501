import { alphabetOf } from '../../ir/regex/alphabet.ts';
import type { Alphabet } from '../../ir/regex/alphabet.ts';
import type { CodeSet } from '../../ir/regex/code-set.ts';
import { hopeful, meet, reverse, TooComplex } from './automaton.ts';
import type { Automaton } from './automaton.ts';
import { isNothing } from './regexp.ts';
import type { Regexp } from './regexp.ts';
import { determinize } from './subsets.ts';
import type { Place, Places } from './subsets.ts';

/** Nothing is left to read there. */
const END = 0;
/** The place from which nothing that is left to read fits any value. */
const NOWHERE = 1;

/** More is taken for too complex; a thousand characters, the most an expression may have, make as many places. */
const MOST_PLACES = 20_000;

/** The automaton of an expression. Throws TooComplex where one of its parts, or the whole, needs more than `most` states. */
export function automatonOf(regexp: Regexp, most: number): Automaton {
  const builder = new Builder(regexp, most);
  return determinize(builder, builder.place(regexp, 0), most);
}

/** Equal parts with the same rest are one place. */
class Builder implements Places {
  readonly places: Place[] = [
    { free: [], moves: [] },
    { free: [], moves: [] },
  ];
  readonly labels: Uint8Array[];
  readonly alphabet: Alphabet;
  readonly #most: number;
  readonly #numbers = new Map<Regexp, number>();
  readonly #sets: CodeSet[] = [];
  readonly #setOf = new Map<number, number>();
  readonly #known = new Map<number, number>();
  readonly #units = new Map<number, number>();
  readonly #loops = new Map<number, number>();
  readonly #forks = new Map<string, number>();
  readonly #automata = new Map<number, Automaton>();

  constructor(regexp: Regexp, most: number) {
    this.#most = most;
    this.#enter(regexp, new Map());
    this.alphabet = alphabetOf(this.#sets);
    this.labels = [...this.alphabet.inside];
  }

  /** Gives equal parts of the expression one number, and collects the sets. */
  #enter(node: Regexp, byText: Map<string, number>): number {
    const entered = this.#numbers.get(node);
    if (entered !== undefined) return entered;
    const text =
      node.kind === 'set'
        ? `set ${node.ranges.join(';')}`
        : node.kind === 'repeat'
          ? `repeat ${this.#enter(node.of, byText)} ${node.min} ${node.max}`
          : node.kind === 'except'
            ? `except ${this.#enter(node.of, byText)}`
            : `${node.kind} ${node.of.map((part) => this.#enter(part, byText)).join(' ')}`;
    let number = byText.get(text);
    if (number === undefined) {
      byText.set(text, (number = byText.size));
      if (node.kind === 'set') this.#setOf.set(number, this.#sets.push(node.ranges) - 1);
    }
    this.#numbers.set(node, number);
    return number;
  }

  /** The place from which `node` is left to read and then what is left at `next`. */
  place(node: Regexp, next: number): number {
    if (next === NOWHERE) return NOWHERE;
    const key = this.#numbers.get(node)! * MOST_PLACES + next;
    let place = this.#known.get(key);
    if (place === undefined) this.#known.set(key, (place = this.#make(node, next)));
    return place;
  }

  #make(node: Regexp, next: number): number {
    if (isNothing(node)) return NOWHERE;
    switch (node.kind) {
      case 'set':
        return this.#add({ free: [], moves: [{ label: this.#setOf.get(this.#numbers.get(node)!)!, to: next }] });
      case 'concat':
        return node.of.reduceRight((rest, part) => this.place(part, rest), next);
      case 'either':
        return next === END ? this.#fork(node.of.map((part) => this.place(part, END))) : this.#unit(node, next);
      case 'repeat':
        return this.#repeat(node, next);
      case 'both':
      case 'except':
        return this.#unit(node, next);
    }
  }

  /**
   * A part that is followed by others, as Lucene sees it: it makes an automaton without choice of each part before it
   * joins them. What `&` and `~` accept can't be known of any other.
   */
  #unit(node: Regexp, next: number): number {
    if (node.kind === 'set') return this.place(node, next);
    const key = this.#numbers.get(node)! * MOST_PLACES + next;
    let place = this.#units.get(key);
    if (place === undefined) this.#units.set(key, (place = this.#embed(this.#automaton(node), next)));
    return place;
  }

  #add(place: Place): number {
    if (this.places.length >= MOST_PLACES) throw new TooComplex();
    return this.places.push(place) - 1;
  }

  #fork(free: readonly number[]): number {
    const ways = [...new Set(free)].filter((way) => way !== NOWHERE).toSorted((a, b) => a - b);
    if (ways.length < 2) return ways[0] ?? NOWHERE;
    const key = ways.join();
    let place = this.#forks.get(key);
    if (place === undefined) this.#forks.set(key, (place = this.#add({ free: ways, moves: [] })));
    return place;
  }

  #repeat({ of, min, max }: Extract<Regexp, { kind: 'repeat' }>, next: number): number {
    let place = max === null ? this.#loop(of, next) : next;
    for (let left = max === null ? 0 : max - min; left > 0; left -= 1) {
      const before = place;
      place = this.#fork([this.#round(of, place), next]);
      if (place === before) break;
    }
    for (let left = min; left > 0; left -= 1) {
      const before = place;
      place = this.#round(of, place);
      if (place === before) break;
    }
    return place;
  }

  /** The last part of all is joined to nothing, so it may stay undecided. */
  #round(of: Regexp, next: number): number {
    return next === END ? this.place(of, END) : this.#unit(of, next);
  }

  #loop(of: Regexp, next: number): number {
    const key = this.#numbers.get(of)! * MOST_PLACES + next;
    const known = this.#loops.get(key);
    if (known !== undefined) return known;
    const free: number[] = [next];
    const place = this.#add({ free, moves: [] });
    this.#loops.set(key, place);
    const again = this.#unit(of, place);
    if (again !== NOWHERE) free.push(again);
    return place;
  }

  /** Made once for equal parts. */
  #automaton(node: Regexp): Automaton {
    const number = this.#numbers.get(node)!;
    let automaton = this.#automata.get(number);
    if (!automaton) this.#automata.set(number, (automaton = this.#determinized(node)));
    return automaton;
  }

  #determinized(node: Regexp): Automaton {
    switch (node.kind) {
      case 'both':
        return node.of.map((part) => this.#automaton(part)).reduce((one, two) => meet(one, two, this.#most));
      case 'except':
        return reverse(this.#automaton(node.of));
      default:
        return determinize(this, this.place(node, END), this.#most);
    }
  }

  /** The places of an automaton's states; where it can accept no more, there is none to go on to. */
  #embed(automaton: Automaton, next: number): number {
    const { accepting, steps } = automaton;
    const cells = this.alphabet.size;
    const useful = hopeful(automaton);
    if (!useful[0]) return NOWHERE;
    const first = this.places.length;
    for (const [state, accepts] of accepting.entries()) {
      const labels = new Map<number, Uint8Array>();
      for (let cell = 0; cell < cells; cell += 1) {
        const to = steps[state * cells + cell]!;
        if (!useful[to]) continue;
        let label = labels.get(to);
        if (!label) labels.set(to, (label = new Uint8Array(cells)));
        label[cell] = 1;
      }
      const moves = [...labels].map(([to, label]) => ({ label: this.labels.push(label) - 1, to: first + to }));
      this.#add({ free: accepts ? [next] : [], moves });
    }
    return first;
  }
}
