import { figure } from '../../ir/query.ts';
import type { Stage } from '../../ir/query.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Source, Span } from '../../text/source.ts';
import type { Inner, Unwrapped } from '../envelope.ts';
import { through } from '../offsets.ts';
import { bodiesOf, QUOTE } from './bodies.ts';
import { readCondition } from './condition.ts';
import type { Threshold } from './condition.ts';
import { durationOf, secondsOf } from './durations.ts';
import { member } from './json.ts';
import type { Json } from './json.ts';
import { readQuery } from './query.ts';
import { note, placeOf, refuse } from './reading.ts';
import type { Reading } from './reading.ts';

/**
 * Takes the queries out of watches: each must search by one `query_string`, beside which only filters on time may stand,
 * and act on hits, or on more hits than some number.
 */
export function unwrap(source: Source): Unwrapped {
  const diagnostics: Diagnostic[] = [];
  const premises = new Set<string>();
  const inner: Inner[] = [];
  for (const body of bodiesOf(source.text)) {
    if ('fault' in body) {
      diagnostics.push({ ...body.fault, severity: 'error', source });
      continue;
    }
    const { json, offsets, variables } = body;
    try {
      inner.push(watchOf({ source, offsets, variables, diagnostics, premises }, json));
    } catch (fault) {
      if (!(fault instanceof SyntaxFault)) throw fault;
      diagnostics.push(fault.diagnostic);
    }
  }
  const isBroken = diagnostics.some(({ severity }) => severity === 'error');
  return { inner: isBroken ? [] : inner, diagnostics, premises: [...premises] };
}

function watchOf(reading: Reading, root: Json): Inner {
  const watch = member(root, 'input') ? root : (member(root, 'watch') ?? root);
  const request = member(watch, 'input', 'search', 'request');
  const body = member(request, 'body');
  const searched = member(body, 'query');
  if (!searched) {
    const place = member(watch, 'input')?.span ?? watch.span;
    return refuse(
      reading,
      place,
      'watcher/input',
      'this is no watch that searches: it has no `input.search.request.body.query`',
    );
  }
  const { text, needs, window } = readQuery(reading, searched);
  warnOfVariables(reading, text.span);
  const interval = intervalOf(watch);
  const threshold = readCondition(reading, watch, body!);
  if (window !== null && interval !== null && window.seconds < interval)
    reading.diagnostics.push(
      note(
        reading,
        'warning',
        window.span,
        'watcher/gap',
        `the watch looks back ${durationOf(window.seconds)} every ${durationOf(interval)}: events between are never seen`,
      ),
    );
  warnOfSize(reading, watch, body!);
  const then = threshold ? counting(reading, threshold, window?.seconds ?? null, interval) : [];
  return { text: text.text, offsets: through(text.offsets, reading.offsets), needs, then };
}

function intervalOf(watch: Json): number | null {
  const interval = member(watch, 'trigger', 'schedule', 'interval');
  return (interval?.kind === 'string' ? secondsOf(interval.text) : undefined) ?? null;
}

/** In the query, what a variable holds matters; elsewhere it is a blemish. */
function warnOfVariables(reading: Reading, query: Span): void {
  const { source, variables, diagnostics } = reading;
  const { start, end } = placeOf(reading, query);
  for (const at of variables) {
    const isInside = at >= start && at < end;
    diagnostics.push({
      code: 'watcher/expansion',
      severity: isInside ? 'error' : 'warning',
      message: isInside
        ? 'the shell puts the value of a variable in place of this, so the query is not known'
        : 'the shell puts the value of a variable in place of this',
      source,
      span: { start: at, end: at + 1 },
      hint: QUOTE,
    });
  }
}

/** A mail that goes through hits says nothing if none are fetched. */
function warnOfSize(reading: Reading, watch: Json, body: Json): void {
  const size = member(body, 'size');
  if (size?.kind !== 'number' || Number(size.text) !== 0 || !mentionsHits(member(watch, 'actions'))) return;
  const message = 'no hit is fetched, so a mail can list none';
  reading.diagnostics.push(note(reading, 'warning', size.span, 'watcher/no-hits', message, 'leave `size` out'));
}

function mentionsHits(json: Json | undefined): boolean {
  switch (json?.kind) {
    case 'object':
      return json.entries.some(({ value }) => mentionsHits(value));
    case 'array':
      return json.items.some(mentionsHits);
    case 'string':
      return json.text.includes('hits.hits');
    default:
      return false;
  }
}

/**
 * A watch counts over its window each time that it is due. If it looks back further than one interval, every span as long
 * as the difference is seen whole at least once: that is what it counts over without missing any.
 */
function counting(
  { premises }: Reading,
  { by, order, value }: Threshold,
  window: number | null,
  interval: number | null,
): Stage[] {
  const within = window !== null && interval !== null && window > interval ? window - interval : window;
  if (within !== null && within !== window)
    premises.add(
      `A count over ${durationOf(window!)} every ${durationOf(interval!)} is read as one over any ${durationOf(within)}.`,
    );
  if (order === '<' || order === '<=')
    premises.add('Whether there are few hits is asked each time that the watch is due, not of every span of time.');
  return [
    { kind: 'summarize', by, with: [{ as: COUNT, function: 'count', field: null }], within },
    { kind: 'having', where: figure(COUNT, order, value) },
  ];
}

/** What Sigma's `count()` is lowered to. */
const COUNT = 'event_count';
