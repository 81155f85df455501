import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import { many } from '../ir/pattern.ts';
import type { Predicate, Rendering } from '../ir/predicate.ts';
import { difference } from './relate.ts';

const keyword = (text: string): Predicate => ({
  kind: 'keyword',
  test: { kind: 'like', pattern: [many, text, many], cased: false },
});
const inEvent = (as: Rendering, text: string): Predicate => ({
  kind: 'like',
  field: { rendered: as },
  pattern: [many, text, many],
  cased: false,
});

describe('a word in some value, and in the event as one text', () => {
  const renderings = ['event-xml', 'json-line', 'windows-message'] as const;

  it.each(renderings)('%s: a value stands in the text, whatever its field; the text holds names as well', (as) => {
    const { onlyA, onlyB } = difference(keyword('mimikatz'), inEvent(as, 'mimikatz'));
    expect(onlyA.kind).toBe('none');
    expect(onlyB).toMatchObject({ kind: 'event' });
    if (onlyB.kind !== 'event') return;
    const event = eventOf(onlyB.event);
    expect([evaluate(keyword('mimikatz'), event), evaluate(inEvent(as, 'mimikatz'), event)]).toEqual([false, true]);
  });

  it('several words may all be names', () => {
    const rule: Predicate = { kind: 'all', of: [keyword('grep'), keyword('password')] };
    const text: Predicate = { kind: 'all', of: [inEvent('event-xml', 'grep'), inEvent('event-xml', 'password')] };
    expect(difference(rule, text)).toMatchObject({ onlyA: { kind: 'none' }, onlyB: { kind: 'event' } });
  });

  it('a value that the rendering escapes does not stand there', () => {
    expect(difference(keyword('a<b'), inEvent('event-xml', 'a<b')).onlyA.kind).toBe('event');
    expect(difference(keyword('a\\b'), inEvent('json-line', 'a\\b')).onlyA.kind).toBe('event');
    expect(difference(keyword('a\\b'), inEvent('windows-message', 'a\\b')).onlyA.kind).toBe('none');
  });
});
