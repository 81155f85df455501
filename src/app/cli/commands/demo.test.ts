import { expect, it } from 'vitest';
import type { Terminal } from '../terminal.ts';
import { run } from './demo.ts';

async function outputAt(width: number | undefined): Promise<string[]> {
  let text = '';
  const terminal: Terminal = {
    write: async (more) => void (text += more),
    note: async () => undefined,
    report: () => undefined,
    progress: () => undefined,
    width,
    styled: false,
  };
  expect(await run([], {}, terminal)).toBe(0);
  return text.split('\n');
}

it('shows the timeline and the matrix, and fits a wide and a narrow terminal', async () => {
  const [piped, narrow, wide] = [await outputAt(undefined), await outputAt(20), await outputAt(400)];
  for (const [lines, most] of [
    [piped, 100],
    [narrow, 88],
    [wide, 120],
  ] as const) {
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(most);
    expect(lines).toContain('Who detects what');
  }
});
