import { once } from 'node:events';
import { render } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';

/** What a command talks to: results go out, everything else goes to the person. */
export interface Terminal {
  /** Writes results to standard output; resolves when more may come, so that a slow reader costs no memory. */
  write(text: string): Promise<void>;
  /** Writes lines to standard error that are no fault: what is worth knowing of a result that has no place for it. */
  note(text: string): Promise<void>;
  /** Writes a diagnostic to standard error. The exit status is for the command to know. */
  report(diagnostic: Diagnostic): void;
  /** Shows a line about work in progress in place of the one before, on a terminal only; the empty text removes it. */
  progress(line: string): void;
  /** Columns of a terminal; undefined where results go to a file or a pipe, and need not fit. */
  readonly width: number | undefined;
  /** Whether results may be set off by bold and faint type. */
  readonly styled: boolean;
}

/** Text written at once: many small writes cost more than the work between them. */
const BUFFER = 64 * 1024;

/** Milliseconds between two lines of progress: nobody reads faster. */
const PAUSE = 100;

/** A terminal over the two streams of this program, and a way to write what is still held back. */
export function openTerminal(
  out: NodeJS.WriteStream,
  err: NodeJS.WriteStream,
  environment: Readonly<Record<string, string | undefined>>,
): Terminal & { flush(): Promise<void> } {
  let held = '';
  let shown = false;
  let last = -PAUSE;
  const clear = () => {
    if (shown) err.write('\r\u001b[K');
    shown = false;
  };
  const flush = async () => {
    if (held === '') return;
    const text = held;
    held = '';
    clear();
    if (!out.write(text)) await once(out, 'drain');
  };
  return {
    width: out.isTTY ? out.columns : undefined,
    styled: out.isTTY && environment['NO_COLOR'] === undefined && environment['TERM'] !== 'dumb',
    flush,
    async write(text) {
      held += text;
      if (held.length >= BUFFER || out.isTTY) await flush();
    },
    async note(text) {
      // In step with the results, if both go to one screen.
      await flush();
      clear();
      err.write(text);
    },
    report(diagnostic) {
      clear();
      err.write(`${render(diagnostic)}\n\n`);
    },
    progress(line) {
      if (!err.isTTY) return;
      if (line === '') return clear();
      const now = performance.now();
      if (now - last < PAUSE) return;
      last = now;
      err.write(`\r\u001b[K${line.slice(0, Math.max(0, err.columns - 1))}`);
      shown = true;
    },
  };
}

/**
 * Makes recorded text safe to show: control characters could move the cursor, hide a line or recolour it, and those
 * that turn the direction of writing could make one path look like another.
 */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g, ' ');
}

/** Shortens a text to `width` columns, ending in `…` where something was cut. */
export function fitted(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
