/** Some text and the name a person knows it by: a path, a URL, `<stdin>`. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** A half-open range of UTF-16 offsets into a `Source`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place a person can go to: both numbers count from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds the line and column of `offset`; an offset past the end is the end. */
export function positionOf(source: Source, offset: number): Position {
  const at = Math.min(offset, source.text.length);
  let line = 1;
  let start = 0;
  for (let next = source.text.indexOf('\n'); next !== -1 && next < at; next = source.text.indexOf('\n', next + 1)) {
    line += 1;
    start = next + 1;
  }
  return { line, column: at - start + 1 };
}

/** Returns the line that holds `offset`, without its line break. */
export function lineAt(source: Source, offset: number): string {
  const at = Math.min(offset, source.text.length);
  const start = at === 0 ? 0 : source.text.lastIndexOf('\n', at - 1) + 1;
  const end = source.text.indexOf('\n', at);
  return source.text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
}
