/**
 * Finds the known word that a mistyped one most likely stands for: at most two letters wrong, missing, added or
 * swapped, and fewer in short words. Undefined where none is near, so that no hint is better than a wild one.
 *
 *     nearest('falsepositive', ['falsepositives', 'fields'])   // 'falsepositives'
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const wanted = simple(word);
  const allowed = wanted.length <= 3 ? 1 : 2;
  let best: string | undefined;
  let least = allowed + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > 4) continue;
    const edits = distance(wanted, simple(candidate));
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

/** A hint that names the nearest known word, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  const found = nearest(word, known);
  return found === undefined ? undefined : `did you mean '${found}'?`;
}

/** Case, dashes and underscores are what people get wrong without noticing. */
function simple(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** Edits that turn one word into the other: change, add, drop, or swap two neighbours (Damerau, optimal alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
