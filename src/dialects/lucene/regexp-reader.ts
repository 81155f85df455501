import type { Assumption } from './assumptions.ts';

/** Something wrong or surprising at offset `at` of the expression. */
export interface RegexpFault {
  readonly at: number;
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** Something surprising at an offset of the expression. */
export type RegexpWarning = Omit<RegexpFault, 'hint'>;

/** How far an expression is read, and what is to be said about it. */
export interface Reading {
  readonly text: string;
  at: number;
  readonly warnings: RegexpWarning[];
  readonly assumptions: Set<Assumption>;
}

/** Thrown where an expression can't be read on; `parseRegexp` catches it. */
export class Stop extends Error {
  readonly fault: RegexpFault;
  constructor(fault: RegexpFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** Stops the reading with a fault where it stands. */
export function stop(reading: Reading, message: string, hint?: string): never {
  throw new Stop({ at: Math.min(reading.at, reading.text.length), code: 'lucene/regexp', message, hint });
}

/** Tells whether one of the characters comes next. */
export function sees(reading: Reading, characters: string): boolean {
  return reading.at < reading.text.length && characters.includes(reading.text[reading.at]!);
}

/** Reads this character if it comes next. */
export function take(reading: Reading, character: string): boolean {
  if (reading.text[reading.at] !== character) return false;
  reading.at += 1;
  return true;
}

/** Reads one code point, whichever it is. */
export function next(reading: Reading): number {
  const code = reading.text.codePointAt(reading.at);
  if (code === undefined) stop(reading, 'the expression ends too early');
  reading.at += code > 0xffff ? 2 : 1;
  return code;
}

/** Notes a character that means itself, though in other languages it would not. */
export function warn(reading: Reading, at: number, message: string): void {
  reading.warnings.push({ at, code: 'lucene/plain-character', message });
}
