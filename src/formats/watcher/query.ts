import type { Span } from '../../text/source.ts';
import { originOf } from '../offsets.ts';
import { lookBack } from './durations.ts';
import type { Json } from './json.ts';
import { refuse } from './reading.ts';
import type { Reading } from './reading.ts';

/** The one query_string of a search, and the filters on time beside it. */
export interface Searched {
  readonly text: Extract<Json, { kind: 'string' }>;
  readonly needs: readonly string[];
  readonly window: { readonly seconds: number; readonly span: Span } | null;
}

/** Reads `query` of a search: a query_string, or a `bool` that asks for one, and for times, by `must` and `filter`. */
export function readQuery(reading: Reading, query: Json): Searched {
  const clauses = clausesOf(reading, query, 0);
  const [found, another] = clauses.filter((each) => each.kind === 'text');
  if (!found) return refuse(reading, query.span, 'watcher/query', 'there is no query_string here');
  if (another) return refuse(reading, another.text.span, 'watcher/query', 'a second query_string is not read');
  const times = clauses.filter((each) => each.kind === 'time');
  const [time] = times;
  return {
    text: found.text,
    needs: times.map(({ field }) => field),
    window: time ? { seconds: time.seconds, span: time.span } : null,
  };
}

type Clause =
  | { readonly kind: 'text'; readonly text: Searched['text'] }
  | { readonly kind: 'time'; readonly field: string; readonly seconds: number; readonly span: Span };

const DEEPEST = 20;

function clausesOf(reading: Reading, query: Json, depth: number): Clause[] {
  const entry = query.kind === 'object' && query.entries.length === 1 ? query.entries[0]! : undefined;
  if (!entry || depth > DEEPEST) return unread(reading, query.span);
  const { key, value } = entry;
  switch (key) {
    case 'query_string':
      return [{ kind: 'text', text: queryString(reading, value) }];
    case 'range':
      return [time(reading, value)];
    case 'bool':
      if (value.kind !== 'object') return unread(reading, value.span);
      return value.entries.flatMap((part) => {
        if (part.key !== 'must' && part.key !== 'filter') return unread(reading, part.at);
        const parts = part.value.kind === 'array' ? part.value.items : [part.value];
        return parts.flatMap((each) => clausesOf(reading, each, depth + 1));
      });
    default:
      return unread(reading, entry.at);
  }
}

function unread(reading: Reading, span: Span): never {
  const message =
    'this kind of clause is not read: only query_string, and a range over time, joined by must and filter';
  return refuse(reading, span, 'watcher/clause', message);
}

/** Options that leave the meaning of a detection alone, with the values that do. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  analyze_wildcard: /^(?:true|false)$/,
  lenient: /^(?:true|false)$/,
  allow_leading_wildcard: /^true$/,
  default_operator: /^or$/i,
  default_field: /^\*$/,
};

function queryString(reading: Reading, options: Json): Searched['text'] {
  if (options.kind !== 'object') return unread(reading, options.span);
  for (const { key, at, value } of options.entries) {
    if (key === 'query') continue;
    const text = 'text' in value ? value.text : '';
    if (!Object.hasOwn(HARMLESS, key) || !HARMLESS[key]!.test(text))
      refuse(reading, at, 'watcher/option', `with \`${key}\` this query_string means something else`);
  }
  const query = options.entries.find(({ key }) => key === 'query')?.value;
  if (query?.kind !== 'string')
    return refuse(reading, options.span, 'watcher/query', 'this query_string has no `query`');
  const template = query.text.indexOf('{{');
  if (template !== -1) {
    const [start, end] = [originOf(query.offsets, template), originOf(query.offsets, template + 2)];
    const message = 'Watcher puts something else in place of `{{...}}` before it searches';
    return refuse(reading, { start, end }, 'watcher/template', message, 'write `{\\{` for two braces');
  }
  return query;
}

function time(reading: Reading, range: Json): Clause {
  const field = range.kind === 'object' && range.entries.length === 1 ? range.entries[0]! : undefined;
  const bounds = field?.value.kind === 'object' ? field.value.entries : [];
  const low = bounds.find(({ key }) => key === 'gte' || key === 'gt' || key === 'from');
  const seconds = low?.value.kind === 'string' ? lookBack(low.value.text) : undefined;
  const others = bounds.filter((each) => each !== low);
  const isOpen = others.every(
    ({ key, value }) =>
      /^(?:format|time_zone)$/.test(key) ||
      (/^(?:lte?|to)$/.test(key) && 'text' in value && /^now$|^\{\{/.test(value.text)),
  );
  if (!field || seconds === undefined || !isOpen)
    return refuse(
      reading,
      field?.at ?? range.span,
      'watcher/range',
      'a range is read that looks back from now: `now-30m`',
    );
  return { kind: 'time', field: field.key, seconds, span: low!.value.span };
}
