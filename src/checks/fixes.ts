import type { Edit } from './conventions/rule-text.ts';

/**
 * Puts edits into a text. Where two overlap, the first in the text is made and the other is left for the next time.
 *
 *     applyEdits('a b', [{ span: { start: 2, end: 3 }, text: 'c' }])   // 'a c'
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    if (edit.span.start < at) continue;
    parts.push(text.slice(at, edit.span.start), edit.text);
    at = edit.span.end;
  }
  return parts.join('') + text.slice(at);
}

/** Lines that stand around a change in a diff. */
const AROUND = 3;

/**
 * Shows a change as a unified diff that `patch` takes. Both texts must have the same number of lines, which is what
 * fixes leave: no edit holds a line break. Nothing where nothing changed.
 *
 *     --- a.yml
 *     +++ a.yml
 *     @@ -1,2 +1,2 @@
 *      title: A
 *     -date: 2024/01/05
 *     +date: 2024-01-05
 */
export function diffOf(name: string, before: string, after: string): string {
  const old = before.split('\n');
  const now = after.split('\n');
  const changed = old.flatMap((line, index) => (line === now[index] ? [] : [index]));
  if (changed.length === 0) return '';
  // The empty piece behind a last line break is no line.
  const count = before.endsWith('\n') ? old.length - 1 : old.length;
  const hunks = grouped(changed).map(([first, last]) => {
    const from = Math.max(0, first - AROUND);
    const to = Math.min(count, last + AROUND + 1);
    return `@@ -${from + 1},${to - from} +${from + 1},${to - from} @@\n${linesOf(old, now, from, to, count, before)}`;
  });
  return `--- ${name}\n+++ ${name}\n${hunks.join('')}`;
}

/** Changed lines as ranges, first and last, of which the surroundings do not touch. */
function grouped(changed: readonly number[]): (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const index of changed) {
    const last = ranges.at(-1);
    if (last && index - last[1] <= 2 * AROUND) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges;
}

function linesOf(
  old: readonly string[],
  now: readonly string[],
  from: number,
  to: number,
  count: number,
  before: string,
): string {
  const rows: string[] = [];
  let at = from;
  const write = (mark: string, line: string | undefined, index: number) => {
    const open = index === count - 1 && !before.endsWith('\n') ? '\n\\ No newline at end of file' : '';
    rows.push(`${mark}${line}${open}\n`);
  };
  while (at < to) {
    if (old[at] === now[at]) {
      write(' ', old[at], at);
      at += 1;
      continue;
    }
    let end = at;
    while (end < to && old[end] !== now[end]) end += 1;
    for (let index = at; index < end; index += 1) write('-', old[index], index);
    for (let index = at; index < end; index += 1) write('+', now[index], index);
    at = end;
  }
  return rows.join('');
}
