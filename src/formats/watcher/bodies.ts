import type { Span } from '../../text/source.ts';
import { originOf } from '../offsets.ts';
import type { Offsets } from '../offsets.ts';
import { readJson } from './json.ts';
import type { Json } from './json.ts';
import { readCommands } from './shell.ts';
import type { Command, Piece } from './shell.ts';

/**
 * The body of a watch as the server receives it, or why it receives none. `offsets` lead from the JSON to the text,
 * `variables` are the places in the text of what the shell leaves out.
 */
export type Body =
  | { readonly json: Json; readonly offsets: Offsets; readonly variables: readonly number[] }
  | {
      readonly fault: { readonly code: string; readonly message: string; readonly span: Span; readonly hint?: string };
    };

/** What keeps a shell from looking into a body. */
export const QUOTE = "quote the delimiter, <<'EOF', so that the body is sent as it stands";

/**
 * Finds the watches of a text: `curl` commands that put one, requests as Kibana's console takes them
 * (`PUT _watcher/watch/ID` and the body), or bodies alone.
 */
export function bodiesOf(text: string): Body[] {
  const first = /\S/.exec(text)?.index ?? text.length;
  if (text[first] === '{') return plainBodies(text, first);
  if (REQUEST.test(text)) return plainBodies(text, first);
  return shellBodies(text);
}

const REQUEST = /^\s*(?:PUT|POST)[ \t]+\S*watcher\/watch\//;
const REQUEST_LINE = /^\s*(?:PUT|POST)[ \t]+\S+[ \t]*\r?\n\s*/;

const AS_IT_STANDS: Offsets = [[0, 0]];

function plainBodies(text: string, from: number): Body[] {
  const bodies: Body[] = [];
  for (let at = from; at < text.length; at = pastBlanks(text, at)) {
    const [line] = REQUEST_LINE.exec(text.slice(at, at + 4000)) ?? [];
    at += line?.length ?? 0;
    const read = readJson(text, at);
    if ('message' in read) return [...bodies, notJson(read.message, spanAt(read.at), undefined)];
    bodies.push({ json: read.value, offsets: AS_IT_STANDS, variables: [] });
    at = read.end;
  }
  return bodies;
}

function pastBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at += 1;
  return at;
}

function shellBodies(text: string): Body[] {
  const escaped = /<<\s*['"]?\w+['"]?\\n/.exec(text);
  if (escaped)
    return [
      refused(
        'watcher/escaped-text',
        'this command was published with its line breaks written as `\\n`: no shell runs it',
        { start: escaped.index, end: escaped.index + escaped[0].length },
        'write real line breaks in their place, and undo the other escapes',
      ),
    ];
  const read = readCommands(text);
  if ('message' in read) return [refused('watcher/shell', `the shell refuses this: ${read.message}`, spanAt(read.at))];
  const watches = read.commands.filter(putsWatch);
  if (watches.length > 0) return watches.map(bodyOf);
  return [
    refused(
      'watcher/none',
      'there is no watch here',
      spanAt(pastBlanks(text, 0)),
      'a watch is its body, `PUT _watcher/watch/ID` and the body, or a curl command that sends it',
    ),
  ];
}

/** Variables before a command, and `sudo` and the like, do not matter. */
function putsWatch({ words }: Command): boolean {
  const names = words.map(({ text }) => text);
  return names.some((name) => /(?:^|\/)curl$/.test(name)) && names.some((name) => /watcher\/watch\//.test(name));
}

const SENDS = /^(?:-[a-zA-Z]*d|--data|--data-ascii|--data-binary|--data-raw|--json)$/;

function bodyOf(command: Command): Body {
  const { words, input, start } = command;
  const at = words.findIndex(({ text }) => SENDS.test(text));
  const sent = words[at + 1];
  if (at === -1 || !sent)
    return refused('watcher/no-body', 'this command sends no body', spanAt(start), 'a body follows --data-binary');
  const isStandardInput = sent.text === '@-' && words[at]!.text !== '--data-raw';
  if (isStandardInput && !input)
    return refused('watcher/no-body', 'the body is read from standard input, which is not written here', spanOf(sent));
  if (sent.text.startsWith('@') && !isStandardInput && words[at]!.text !== '--data-raw')
    return refused('watcher/no-body', `the body is in a file, '${sent.text.slice(1)}'`, spanOf(sent));
  return received(isStandardInput ? input! : sent);
}

function received(piece: Piece): Body {
  const { text, offsets, variables, expansion, lost } = piece;
  if (expansion !== undefined)
    return refused(
      'watcher/expansion',
      'the shell puts something else in place of this before it is sent',
      spanAt(expansion),
      QUOTE,
    );
  const read = readJson(text);
  const place = (at: number) => spanAt(originOf(offsets, at));
  if ('message' in read) return notJson(read.message, place(read.at), lost > 0 ? 'shell' : undefined);
  const rest = pastBlanks(text, read.end);
  if (rest < text.length) return notJson('expected the end, the watch is complete here', place(rest), undefined);
  return { json: read.value, offsets, variables };
}

function notJson(message: string, span: Span, by: 'shell' | undefined): Body {
  if (by === undefined) return refused('watcher/json', `this is not JSON: ${message}`, span);
  return refused(
    'watcher/shell-eats-escapes',
    `the server receives no JSON, since the shell takes every second backslash away: ${message}`,
    span,
    QUOTE,
  );
}

function refused(code: string, message: string, span: Span, hint?: string): Body {
  return { fault: { code, message, span, ...(hint !== undefined && { hint }) } };
}

function spanAt(at: number): Span {
  return { start: at, end: at + 1 };
}

function spanOf({ text, offsets }: Piece): Span {
  return { start: originOf(offsets, 0), end: originOf(offsets, text.length) };
}
