/** Whether a part wants to be read with `(?i)`, or without, or does not care; `mixed`: some of it does, some does not. */
export type Case = 'fold' | 'plain' | 'any' | 'mixed';

/** What two parts want together. */
export function joined(a: Case, b: Case): Case {
  if (a === 'any' || a === b) return b;
  return b === 'any' ? a : 'mixed';
}

/** For each part how many, from it on, go into one group with `(?i)`: it begins and ends with one that wants it. */
export function foldRuns(cases: readonly Case[]): number[] {
  const runs = cases.map(() => 0);
  let last = -1;
  for (let at = cases.length - 1; at >= 0; at -= 1) {
    const part = cases[at]!;
    if (part === 'plain' || part === 'mixed') last = -1;
    else if (part === 'fold') {
      if (last === -1) last = at;
      runs[at] = last - at + 1;
    }
  }
  return runs;
}
