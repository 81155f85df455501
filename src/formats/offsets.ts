/**
 * Where each unit of a text stood before escapes were undone, in runs: from `at` on, up to the next run, the text is what
 * stands from `from` on. Ordered, and the first run begins at 0.
 */
export type Offsets = readonly (readonly [at: number, from: number])[];

/** The offset that a unit of the text, or its end, comes from. */
export function originOf(offsets: Offsets, at: number): number {
  let [low, high] = [0, offsets.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle]![0] <= at) low = middle;
    else high = middle - 1;
  }
  const [start, from] = offsets[low] ?? [0, 0];
  return from + Math.max(0, at - start);
}

/** Leads through two levels of escapes: `inner` to a text of which `outer` says where it stood. */
export function through(inner: Offsets, outer: Offsets): Offsets {
  return inner.flatMap(([at, from], index): Offsets => {
    const end = inner[index + 1]?.[0] ?? Infinity;
    const within = outer.filter(([start]) => start > from && start - from < end - at);
    return [[at, originOf(outer, from)], ...within.map(([start, origin]) => [at + start - from, origin] as const)];
  });
}

/** A text in the making: `add` appends what stands at an offset. */
export interface Building {
  readonly parts: string[];
  readonly offsets: (readonly [at: number, from: number])[];
  length: number;
}

export function building(): Building {
  return { parts: [], offsets: [], length: 0 };
}

/** Appends a text that stands at `from`; empty, it notes where the text so far ends. */
export function add(into: Building, text: string, from: number): void {
  const last = into.offsets.at(-1);
  if (!last || last[1] + into.length - last[0] !== from) into.offsets.push([into.length, from]);
  into.parts.push(text);
  into.length += text.length;
}
