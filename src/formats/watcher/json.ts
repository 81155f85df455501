import type { Span } from '../../text/source.ts';
import { add, building } from '../offsets.ts';
import type { Offsets } from '../offsets.ts';

/**
 * A JSON value with the place where it stands. Numbers keep their text; `offsets` of a string say where in the text its
 * value stands.
 */
export type Json =
  | { readonly kind: 'object'; readonly entries: readonly Entry[]; readonly span: Span }
  | { readonly kind: 'array'; readonly items: readonly Json[]; readonly span: Span }
  | { readonly kind: 'string'; readonly text: string; readonly offsets: Offsets; readonly span: Span }
  | { readonly kind: 'number' | 'word'; readonly text: string; readonly span: Span };

export interface Entry {
  readonly key: string;
  readonly at: Span;
  readonly value: Json;
}

/** Where a text stops being JSON, and why. */
export interface JsonFault {
  readonly at: number;
  readonly message: string;
}

const DEEPEST = 100;

/**
 * Reads one JSON value as Elasticsearch does (RFC 8259; a name may not come twice in an object), and says where it ends.
 * What follows is left to the caller.
 */
export function readJson(text: string, from = 0): { readonly value: Json; readonly end: number } | JsonFault {
  let at = from;
  try {
    const found = value(0);
    return { value: found, end: at };
  } catch (fault) {
    if (!(fault instanceof Stop)) throw fault;
    return fault.found;
  }

  function value(depth: number): Json {
    if (depth > DEEPEST) stop(`it is nested more than ${DEEPEST} deep`);
    blanks();
    switch (text[at]) {
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case '"':
        return string();
      default:
        return plain();
    }
  }

  function object(depth: number): Json {
    const start = at;
    const entries: Entry[] = [];
    const names = new Set<string>();
    at += 1;
    blanks();
    if (text[at] !== '}')
      do {
        blanks();
        if (text[at] !== '"') stop('expected a name in double quotes');
        const name = string();
        if (names.has(name.text)) stop(`the name '${name.text}' comes twice`, name.span.start);
        names.add(name.text);
        blanks();
        if (text[at] !== ':') stop('expected `:` after the name');
        at += 1;
        entries.push({ key: name.text, at: name.span, value: value(depth + 1) });
      } while (takes(','));
    if (!takes('}')) stop('expected `,` or `}`');
    return { kind: 'object', entries, span: { start, end: at } };
  }

  function array(depth: number): Json {
    const start = at;
    const items: Json[] = [];
    at += 1;
    blanks();
    if (text[at] !== ']')
      do items.push(value(depth + 1));
      while (takes(','));
    if (!takes(']')) stop('expected `,` or `]`');
    return { kind: 'array', items, span: { start, end: at } };
  }

  function string(): Extract<Json, { kind: 'string' }> {
    const start = at;
    const built = building();
    at += 1;
    while (text[at] !== '"') {
      PLAIN.lastIndex = at;
      const run = PLAIN.exec(text)?.[0] ?? '';
      add(built, run, at);
      at += run.length;
      const next = text[at];
      if (next === '"') break;
      if (next === undefined) stop('this text is never closed', start);
      if (next !== '\\') stop('a control character stands in a text: it needs an escape such as `\\n`');
      const place = at;
      add(built, escape(), place);
    }
    add(built, '', at);
    at += 1;
    return { kind: 'string', text: built.parts.join(''), offsets: built.offsets, span: { start, end: at } };
  }

  function escape(): string {
    const code = text[at + 1] ?? '';
    const simple = SIMPLE[code];
    if (simple !== undefined) {
      at += 2;
      return simple;
    }
    const [digits] = /^[0-9a-fA-F]{4}/.exec(text.slice(at + 2, at + 6)) ?? [];
    if (code !== 'u' || digits === undefined) stop(`JSON knows no escape \`\\${code}\``);
    at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  function plain(): Json {
    const start = at;
    const [found] =
      /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/.exec(text.slice(at, at + 400)) ?? [];
    if (found === undefined) stop(at >= text.length ? 'the text ends here, inside a value' : 'expected a value');
    at += found.length;
    return { kind: /^[a-z]/.test(found) ? 'word' : 'number', text: found, span: { start, end: at } };
  }

  function takes(mark: string): boolean {
    blanks();
    if (text[at] !== mark) return false;
    at += 1;
    return true;
  }

  function blanks(): void {
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at += 1;
  }

  function stop(message: string, place = at): never {
    throw new Stop({ at: place, message });
  }
}

/** What may stand in a text as it is. */
const PLAIN = /[^"\\\u0000-\u001f]*/y;

const SIMPLE: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Unwinds the reader; caught at its entry. */
class Stop extends Error {
  readonly found: JsonFault;
  constructor(found: JsonFault) {
    super(found.message);
    this.found = found;
  }
}

/** The value behind a path of names, or undefined. */
export function member(json: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (found, name) => (found?.kind === 'object' ? found.entries.find(({ key }) => key === name)?.value : undefined),
    json,
  );
}
