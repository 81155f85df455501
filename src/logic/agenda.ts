/**
 * Variables of a solver in the order in which they are worth a try: those that took part in recent conflicts first,
 * among equals the lower number. A binary heap, since what is tried is taken out and comes back later.
 */
export class Agenda {
  readonly #activity: number[] = [0];
  readonly #heap: number[] = [];
  /** Where a variable stands in the heap; -1: it has been taken out. */
  readonly #place: number[] = [-1];
  #step = 1;

  /** Takes up the next variable, by number. */
  add(): void {
    this.#activity.push(0);
    this.#place.push(-1);
    this.insert(this.#place.length - 1);
  }

  /** Puts a variable back that may have been taken out. */
  insert(variable: number): void {
    if (this.#place[variable]! >= 0) return;
    this.#place[variable] = this.#heap.length;
    this.#heap.push(variable);
    this.#rise(this.#heap.length - 1);
  }

  /** Takes out the variable that is first, if there is one. */
  take(): number | undefined {
    const top = this.#heap[0];
    if (top === undefined) return undefined;
    this.#place[top] = -1;
    const last = this.#heap.pop()!;
    if (last !== top) {
      this.#heap[0] = last;
      this.#place[last] = 0;
      this.#sink(0);
    }
    return top;
  }

  /** Notes that a variable took part in a conflict. */
  bump(variable: number): void {
    this.#activity[variable]! += this.#step;
    if (this.#activity[variable]! > 1e100) {
      for (let each = 1; each < this.#activity.length; each += 1) this.#activity[each]! *= 1e-100;
      this.#step *= 1e-100;
    }
    if (this.#place[variable]! >= 0) this.#rise(this.#place[variable]!);
  }

  /** Makes later conflicts count more than those so far. */
  age(): void {
    this.#step *= 1.05;
  }

  #before(a: number, b: number): boolean {
    const difference = this.#activity[a]! - this.#activity[b]!;
    return difference > 0 || (difference === 0 && a < b);
  }

  #rise(at: number): void {
    const variable = this.#heap[at]!;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(variable, this.#heap[parent]!)) break;
      this.#move(this.#heap[parent]!, at);
      at = parent;
    }
    this.#move(variable, at);
  }

  #sink(at: number): void {
    const variable = this.#heap[at]!;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#heap.length) break;
      if (child + 1 < this.#heap.length && this.#before(this.#heap[child + 1]!, this.#heap[child]!)) child += 1;
      if (!this.#before(this.#heap[child]!, variable)) break;
      this.#move(this.#heap[child]!, at);
      at = child;
    }
    this.#move(variable, at);
  }

  #move(variable: number, at: number): void {
    this.#heap[at] = variable;
    this.#place[variable] = at;
  }
}
