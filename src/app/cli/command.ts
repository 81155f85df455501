import type { Terminal } from './terminal.ts';

/** One command of the program as data: help, parsing and completion are all made of it. */
export interface Command {
  readonly name: string;
  /** Positional words as commander writes them: `<rules...>`, `[file]`. */
  readonly words: readonly { readonly name: string; readonly what: string }[];
  /** One line for the list of commands. */
  readonly summary: string;
  readonly options: readonly Option[];
  /** Command lines that work as they stand, with what they do. */
  readonly examples: readonly { readonly line: string; readonly what: string }[];
  /** Loads the command's code, which is not done for the others. */
  readonly load: () => Promise<{ readonly run: Run }>;
}

export interface Option {
  /** As commander writes it: `-f, --format <name>`; `<path...>` may be given several values. */
  readonly flags: string;
  readonly what: string;
  /** The values that it takes, where they are few; the first is the default. */
  readonly choices?: readonly string[];
  readonly required?: true;
}

/** Values of options by their long names. An option with several values gives an array. */
export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/**
 * Does a command's work and returns the exit status: 0 done, 1 what was tested fails, 2 bad input or usage.
 * Whatever is to be said was reported before.
 */
export type Run = (words: readonly string[], options: Options, terminal: Terminal) => Promise<Status>;
export type Status = 0 | 1 | 2;

/** The value of an option that takes one, or undefined where it was not given. */
export function valueOf(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of an option that takes several; commas separate values too, where `split` says so. */
export function valuesOf(options: Options, name: string, split: 'commas' | 'whole'): string[] {
  const value = options[name];
  const values = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
  if (split === 'whole') return [...values];
  return values.flatMap((each) => each.split(',')).flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
}
