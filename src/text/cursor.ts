import { SyntaxFault } from './diagnostic.ts';
import type { Source, Span } from './source.ts';

/**
 * Reads a source from left to right. Every dialect's reader is a handful of functions over one of these.
 *
 * Patterns are matched where the cursor stands, after any blanks. Compiled patterns are kept, since a reader
 * asks the same few questions at every token.
 */
export class Cursor {
  at = 0;
  readonly source: Source;
  readonly #blanks: string;

  /** `blanks` is a pattern for what may stand between tokens; Lucene's differs from JavaScript's `\s*`. */
  constructor(source: Source, blanks = '\\s*') {
    this.source = source;
    this.#blanks = blanks;
  }

  /** Consumes `pattern` after any blanks and returns its match, or undefined without moving. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = compiled(pattern, this.#blanks);
    sticky.lastIndex = this.at;
    const match = sticky.exec(this.source.text);
    if (!match) return undefined;
    this.at = sticky.lastIndex;
    return match;
  }

  /** Tells whether `pattern` comes next, without moving. */
  sees(pattern: RegExp): boolean {
    const before = this.at;
    const seen = this.take(pattern) !== undefined;
    this.at = before;
    return seen;
  }

  /** Like `take`, but a mismatch is the reader's mistake: `expected a field name`. */
  expect(pattern: RegExp, what: string): RegExpExecArray {
    return this.take(pattern) ?? this.fail('syntax', `expected ${what}`);
  }

  fail(code: string, message: string, span: Span = this.here(), hint?: string): never {
    const diagnostic = { code, severity: 'error', message, source: this.source, span } as const;
    throw new SyntaxFault(hint === undefined ? diagnostic : { ...diagnostic, hint });
  }

  /** The span of the next character that is no blank. */
  here(): Span {
    const start = this.#past();
    return { start, end: start + 1 };
  }

  get done(): boolean {
    return this.#past() === this.source.text.length;
  }

  #past(): number {
    const blanks = compiled(/(?:)/, this.#blanks);
    blanks.lastIndex = this.at;
    blanks.exec(this.source.text);
    return blanks.lastIndex;
  }
}

/** By blanks, then by pattern. */
const known = new Map<string, Map<string, RegExp>>();

function compiled(pattern: RegExp, blanks: string): RegExp {
  let family = known.get(blanks);
  if (!family) known.set(blanks, (family = new Map()));
  const { flags, source } = pattern;
  const key = flags === '' ? source : `${flags}\u0000${source}`;
  let sticky = family.get(key);
  if (!sticky) family.set(key, (sticky = new RegExp(`${blanks}(?:${source})`, `${flags.replace(/[gy]/g, '')}y`)));
  return sticky;
}
