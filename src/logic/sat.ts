import { Agenda } from './agenda.ts';

/**
 * Decides whether clauses over boolean variables can all hold, one question after another over a growing set.
 *
 * Conflict-driven clause learning with two watched literals, first-implication-point learning, activity order and
 * Luby restarts, after MiniSat (Eén and Sörensson, "An Extensible SAT-solver", 2003). A variable is a number from 1,
 * its negation the negative number. A free variable is tried as false, so that models hold few positive literals.
 * Everything is deterministic.
 */
export class Solver {
  /** Conflicts met since the solver was made: its measure of work. */
  conflicts = 0;
  #variables = 0;
  #broken = false;
  readonly #value: number[] = [0];
  readonly #level: number[] = [0];
  readonly #reason: (number[] | null)[] = [null];
  readonly #seen: boolean[] = [false];
  readonly #watches: number[][][] = [[], []];
  readonly #trail: number[] = [];
  readonly #marks: number[] = [];
  readonly #agenda = new Agenda();
  #model: number[] = [];
  #head = 0;

  /** Makes a new variable. */
  variable(): number {
    const variable = ++this.#variables;
    this.#value.push(0);
    this.#level.push(0);
    this.#reason.push(null);
    this.#seen.push(false);
    this.#watches.push([], []);
    this.#agenda.add();
    return variable;
  }

  /** Adds a clause: at least one of its literals must hold. */
  clause(literals: readonly number[]): void {
    this.#backTo(0);
    const kept: number[] = [];
    for (const literal of new Set(literals)) {
      if (this.#of(literal) > 0 || literals.includes(-literal)) return;
      if (this.#of(literal) === 0) kept.push(literal);
    }
    if (kept.length === 0) this.#broken = true;
    else if (kept.length > 1) this.#watch(kept);
    else {
      this.#assign(kept[0]!, null);
      if (this.#propagate() !== null) this.#broken = true;
    }
  }

  /**
   * Looks for a model in which all `assumptions` hold. `limit` is reached after `conflicts` more conflicts.
   * After `model`, `holds` answers for each variable.
   */
  solve(assumptions: readonly number[], conflicts = 100_000): 'model' | 'none' | 'limit' {
    if (this.#broken) return 'none';
    const last = this.conflicts + conflicts;
    for (let round = 1; ; round += 1) {
      const found = this.#search(assumptions, this.conflicts + 64 * luby(round));
      this.#backTo(0);
      if (found !== 'restart') return found;
      if (this.conflicts >= last) return 'limit';
    }
  }

  /** Whether the literal is true in the last model. */
  holds(literal: number): boolean {
    return literal > 0 ? this.#model[literal]! > 0 : this.#model[-literal]! < 0;
  }

  #search(assumptions: readonly number[], stop: number): 'model' | 'none' | 'restart' {
    for (;;) {
      const conflict = this.#propagate();
      if (conflict !== null) {
        this.conflicts += 1;
        if (this.#marks.length === 0) {
          this.#broken = true;
          return 'none';
        }
        this.#learn(conflict);
        if (this.conflicts >= stop) return 'restart';
        continue;
      }
      const next = this.#decision(assumptions);
      if (next === null) return 'none';
      if (next === 0) {
        this.#model = [...this.#value];
        return 'model';
      }
      this.#marks.push(this.#trail.length);
      this.#assign(next, null);
    }
  }

  /** The next literal to try: an assumption, else the most active free variable; 0 when none is left, null on contradiction. */
  #decision(assumptions: readonly number[]): number | null {
    while (this.#marks.length < assumptions.length) {
      const literal = assumptions[this.#marks.length]!;
      if (this.#of(literal) < 0) return null;
      if (this.#of(literal) === 0) return literal;
      this.#marks.push(this.#trail.length);
    }
    for (let top = this.#agenda.take(); top !== undefined; top = this.#agenda.take())
      if (this.#value[top] === 0) return -top;
    return 0;
  }

  /** Follows every consequence of the trail; returns the clause that fails, if one does. */
  #propagate(): number[] | null {
    while (this.#head < this.#trail.length) {
      const falsified = -this.#trail[this.#head++]!;
      const watching = this.#watches[slot(falsified)]!;
      let kept = 0;
      for (let at = 0; at < watching.length; at += 1) {
        const clause = watching[at]!;
        if (clause[0] === falsified) [clause[0], clause[1]] = [clause[1]!, falsified];
        const first = clause[0]!;
        if (this.#of(first) <= 0 && this.#moveWatch(clause)) continue;
        watching[kept++] = clause;
        if (this.#of(first) > 0) continue;
        if (this.#of(first) === 0) {
          this.#assign(first, clause);
          continue;
        }
        for (at += 1; at < watching.length; at += 1) watching[kept++] = watching[at]!;
        watching.length = kept;
        this.#head = this.#trail.length;
        return clause;
      }
      watching.length = kept;
    }
    return null;
  }

  /** Finds another literal of the clause to watch in place of its second one. */
  #moveWatch(clause: number[]): boolean {
    for (let at = 2; at < clause.length; at += 1) {
      if (this.#of(clause[at]!) < 0) continue;
      [clause[1], clause[at]] = [clause[at]!, clause[1]!];
      this.#watches[slot(clause[1]!)]!.push(clause);
      return true;
    }
    return false;
  }

  /** Turns a conflict into a clause that would have prevented it, goes back to where it bites, and applies it. */
  #learn(conflict: number[]): void {
    const learnt = [0];
    const marked: number[] = [];
    let clause: readonly number[] = conflict;
    let open = 0;
    let at = this.#trail.length;
    let pivot = 0;
    for (;;) {
      for (const literal of clause) {
        const variable = Math.abs(literal);
        if (literal === pivot || this.#seen[variable] || this.#level[variable] === 0) continue;
        this.#seen[variable] = true;
        marked.push(variable);
        this.#agenda.bump(variable);
        if (this.#level[variable] === this.#marks.length) open += 1;
        else learnt.push(literal);
      }
      do at -= 1;
      while (!this.#seen[Math.abs(this.#trail[at]!)]);
      pivot = this.#trail[at]!;
      open -= 1;
      if (open === 0) break;
      clause = this.#reason[Math.abs(pivot)]!;
    }
    for (const variable of marked) this.#seen[variable] = false;
    learnt[0] = -pivot;
    this.#agenda.age();
    let back = 0;
    for (let i = 1; i < learnt.length; i += 1) {
      const level = this.#level[Math.abs(learnt[i]!)]!;
      if (level <= back) continue;
      back = level;
      [learnt[1], learnt[i]] = [learnt[i]!, learnt[1]!];
    }
    this.#backTo(back);
    if (learnt.length > 1) this.#watch(learnt);
    this.#assign(learnt[0]!, learnt.length > 1 ? learnt : null);
  }

  #watch(clause: number[]): void {
    this.#watches[slot(clause[0]!)]!.push(clause);
    this.#watches[slot(clause[1]!)]!.push(clause);
  }

  #of(literal: number): number {
    return literal > 0 ? this.#value[literal]! : -this.#value[-literal]!;
  }

  #assign(literal: number, reason: number[] | null): void {
    const variable = Math.abs(literal);
    this.#value[variable] = literal > 0 ? 1 : -1;
    this.#level[variable] = this.#marks.length;
    this.#reason[variable] = reason;
    this.#trail.push(literal);
  }

  #backTo(level: number): void {
    if (this.#marks.length <= level) return;
    const start = this.#marks[level]!;
    for (let at = this.#trail.length - 1; at >= start; at -= 1) {
      const variable = Math.abs(this.#trail[at]!);
      this.#value[variable] = 0;
      this.#agenda.insert(variable);
    }
    this.#trail.length = start;
    this.#marks.length = level;
    this.#head = start;
  }
}

function slot(literal: number): number {
  return literal > 0 ? 2 * literal : 1 - 2 * literal;
}

/** The restart sequence 1, 1, 2, 1, 1, 2, 4, ... */
function luby(index: number): number {
  for (let power = 1; ; power *= 2) {
    if (index === 2 * power - 1) return power;
    if (index < 2 * power - 1) return luby(index - power + 1);
  }
}
