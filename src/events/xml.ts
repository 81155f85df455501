import { SaxesParser } from 'saxes';
import type { Element } from './element.ts';
import { eventJson } from './event-json.ts';
import { recordId } from './record-id.ts';
import { pieces } from './chunks.ts';
import { marked } from './parse-record.ts';
import { limits as usual } from './reading.ts';
import type { Batch, Chunks, Limits, Reading } from './reading.ts';

/**
 * Reads Windows events written as XML: one after the other, alone in a file, or inside of any other element, as Event
 * Viewer, `wevtutil qe` and `Get-WinEvent` write them.
 *
 * Each event is parsed by itself, so that a broken one costs nothing but itself. Windows writes `<` in a value as `&lt;`,
 * so the tags of an event can be found before it is parsed.
 */
export async function* readXml(chunks: Chunks, limits: Limits = usual): AsyncGenerator<Batch> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let held = '';
  let index = 0;
  const take = (text: string, isEnd: boolean): Reading[] => {
    held += text;
    const readings: Reading[] = [];
    let from = 0;
    for (;;) {
      const open = nextOpening(held, from);
      if (open === -1) {
        // A tag may be cut: what could be the beginning of one stays.
        from = isEnd ? held.length : Math.max(from, held.length - OPENING.length);
        break;
      }
      const close = held.indexOf(CLOSING, open);
      const again = nextOpening(held, open + OPENING.length);
      if (again !== -1 && (close === -1 || again < close)) {
        readings.push({ record: index, skipped: 'the event does not end before another begins' });
        index += 1;
        from = again;
      } else if (close !== -1) {
        readings.push(readEvent(held.slice(open, close + CLOSING.length), index, limits));
        index += 1;
        from = close + CLOSING.length;
      } else {
        from = open;
        if (!isEnd && held.length - open <= limits.record) break;
        readings.push({
          record: index,
          skipped: isEnd ? 'the file ends inside of the event' : `the event is over ${limits.record} characters long`,
        });
        index += 1;
        from = open + OPENING.length;
      }
    }
    held = held.slice(from);
    return readings;
  };
  for await (const chunk of pieces(chunks))
    yield { readings: take(decoder.decode(chunk, { stream: true }), false), bytes: chunk.length };
  const last = take(decoder.decode(), true);
  yield {
    readings: index === 0 ? [{ record: null, skipped: 'it is XML, but holds no event of Windows' }] : last,
    bytes: 0,
  };
}

const OPENING = '<Event ';
const CLOSING = '</Event>';

/** Where an event begins, not `<Events>` and not `<EventData>`. */
function nextOpening(text: string, from: number): number {
  for (let at = text.indexOf('<Event', from); at !== -1; at = text.indexOf('<Event', at + 1))
    if (/[\s>]/.test(text[at + 6] ?? '')) return at;
  return -1;
}

/**
 * Characters that XML 1.0 can't hold, written as they are or as a reference. Windows lets a program put them into a value,
 * and tools write them into XML all the same: that must not hide the event.
 */
const disallowed =
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:x0*(?:[0-8bcef]|1[\da-f])|0*(?:[0-8]|1[1245-9]|2\d|3[01]));/gi;

function readEvent(text: string, index: number, { depth }: Limits): Reading {
  const parsed = parseElement(text.replace(disallowed, '\ufffd'), depth);
  if (typeof parsed === 'string') return { record: index, skipped: `the event is no XML: ${parsed}` };
  const raw = eventJson(parsed);
  const reading: Reading = { record: recordId(raw) ?? index, raw };
  return text.includes('\ufffd') || text.search(disallowed) !== -1 ? marked(reading) : reading;
}

/** The element that a text holds, or why it is none. Entities other than XML's own are errors: nothing is expanded. */
export function parseElement(text: string, depth: number): Element | string {
  type Open = { name: string; attributes: [string, string][]; content: (Element | string)[] };
  const root: Open = { name: '', attributes: [], content: [] };
  const open: Open[] = [root];
  let fault: string | undefined;
  const add = (part: string): void => {
    const { content } = open.at(-1)!;
    const last = content.at(-1);
    if (typeof last === 'string') content[content.length - 1] = last + part;
    else if (part !== '') content.push(part);
  };
  const parser = new SaxesParser({ position: false });
  parser.on('error', (error) => (fault ??= error.message));
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > depth) fault ??= `elements are nested over ${depth} deep`;
    if (fault !== undefined) return;
    const given = Object.entries(attributes).filter(([, value]) => value !== '');
    open.push({ name, attributes: given, content: [] });
  });
  parser.on('closetag', () => {
    if (fault !== undefined || open.length === 1) return;
    const { content, ...rest } = open.pop()!;
    const isLeaf = content.every((part) => typeof part === 'string');
    open.at(-1)!.content.push({ ...rest, content: isLeaf ? content : content.filter(isSaid) });
  });
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  const element = root.content.find((part) => typeof part !== 'string');
  return fault ?? element ?? 'there is no element';
}

/** Blanks between elements are how a file was laid out. */
function isSaid(part: Element | string): boolean {
  return typeof part !== 'string' || part.trim() !== '';
}
