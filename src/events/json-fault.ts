/** Where and how a text fails to be JSON. `offset` is in UTF-16 units from 0. */
export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

/**
 * Finds the first fault of a text that `JSON.parse` refused. V8's own messages name no position where a token is
 * unexpected, and quote pieces of the text, which may hold control characters.
 *
 *     findFault('{"a":1,}')   // { offset: 7, message: 'expected a name in double quotes' }
 */
export function findFault(text: string): JsonFault {
  const open: ('{' | '[')[] = [];
  let at = pastBlanks(text, 0);
  const fault = (message: string): JsonFault => ({
    offset: at,
    message: at >= text.length ? 'the text ends here, inside a value' : message,
  });

  let wants: 'value' | 'name' | 'first name' | 'first element' | 'more' = 'value';
  for (; ; at = pastBlanks(text, at)) {
    const next = text[at];
    if (wants === 'more') {
      const container = open.at(-1);
      if (container === undefined) return { offset: at, message: 'expected the end, a value is complete here' };
      const closing = container === '{' ? '}' : ']';
      if (next === closing) open.pop();
      else if (next !== ',') return fault(`expected ',' or '${closing}'`);
      else wants = container === '{' ? 'name' : 'value';
      at += 1;
    } else if ((wants === 'first name' && next === '}') || (wants === 'first element' && next === ']')) {
      open.pop();
      wants = 'more';
      at += 1;
    } else if (wants === 'name' || wants === 'first name') {
      if (next !== '"') return fault('expected a name in double quotes');
      const string = scanString(text, at);
      if (typeof string !== 'number') return string;
      at = pastBlanks(text, string);
      if (text[at] !== ':') return fault("expected ':' after the name");
      at += 1;
      wants = 'value';
    } else if (next === '{' || next === '[') {
      open.push(next);
      wants = next === '{' ? 'first name' : 'first element';
      at += 1;
    } else if (next === '"') {
      const string = scanString(text, at);
      if (typeof string !== 'number') return string;
      at = string;
      wants = 'more';
    } else {
      const end = scanWord(text, at);
      if (end === at) return fault('expected a value');
      at = end;
      wants = 'more';
    }
  }
}

function pastBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at += 1;
  return at;
}

/** The offset after the number, `true`, `false` or `null` at `from`, or `from` where there is none. */
function scanWord(text: string, from: number): number {
  const word = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  word.lastIndex = from;
  return word.test(text) ? word.lastIndex : from;
}

/** The offset after the string that begins at `from`, or what is wrong with it. Written as a loop: texts are long and hostile. */
function scanString(text: string, from: number): number | JsonFault {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return { offset: at, message: 'a control character inside a string' };
    if (code !== 0x5c) continue;
    const escape = text[at + 1] ?? '';
    const known = escape === 'u' ? /^[\dA-Fa-f]{4}$/.test(text.slice(at + 2, at + 6)) : '"\\/bfnrt'.includes(escape);
    if (escape !== '' && !known) return { offset: at, message: 'no such escape in JSON' };
    at += escape === 'u' ? 5 : 1;
  }
  return { offset: from, message: 'a string begins here and does not end' };
}
