/** Where a reader of an expression stands, and what it has met so far. */
export interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  /** Inside `\Q..\E`, where every character is itself. */
  quoted: boolean;
  captures: number;
  readonly names: Set<string>;
  readonly references: Reference[];
}

/** A back-reference, to be checked when all groups are known. */
export interface Reference {
  readonly to: number | string;
  readonly at: number;
}

/** The flags that hold where a reader stands; `(?i)` and its like give a new one. */
export interface Mode {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  /** `x`: blanks and `#` comments outside of classes mean nothing. */
  readonly extended: boolean;
  /** `xx`: blanks and tabs inside classes mean nothing either. */
  readonly loose: boolean;
  /** `U`: `a*` is lazy and `a*?` greedy. */
  readonly ungreedy: boolean;
  /** `n`: a plain `(..)` captures nothing. */
  readonly explicit: boolean;
}

/** Thrown to unwind a reader of an expression; caught once, in `parseRegex`. */
export class RegexFault extends Error {
  override readonly name = 'RegexFault';
  readonly at: number;
  readonly hint: string | undefined;
  constructor(message: string, at: number, hint?: string) {
    super(message);
    this.at = at;
    this.hint = hint;
  }
}

/** Consumes `piece` if it comes next. */
export function takeText(reader: Reader, piece: string): boolean {
  if (!reader.text.startsWith(piece, reader.at)) return false;
  reader.at += piece.length;
  return true;
}

/** Consumes what the sticky `pattern` matches here. */
export function takeMatch(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text);
  if (!match) return undefined;
  reader.at = pattern.lastIndex;
  return match;
}

/** Consumes one code point; half a pair is itself. */
export function takeCode(reader: Reader): number {
  const code = reader.text.codePointAt(reader.at)!;
  reader.at += code > 0xffff ? 2 : 1;
  return code;
}
