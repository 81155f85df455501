import { describe, expect, it } from 'vitest';
import { readSigma } from '../formats/sigma/read.ts';
import type { Envelope } from '../formats/envelope.ts';
import { findTarget } from '../formats/targets.ts';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import { applyLogSource } from '../passes/apply-log-source.ts';
import { profiles } from '../schema/profiles/index.ts';
import { convert } from './convert.ts';
import type { Conversed } from './convert.ts';

function convertRule(detection: string, target: string, profile?: keyof typeof profiles): Conversed {
  const logsource = '{product: windows, category: process_creation}';
  const text = `title: T\nlogsource: ${logsource}\ndetection: ${detection}\n`;
  const [rule] = readSigma([{ name: 'rule.yml', text }]).detections;
  const chosen = findTarget(target)!;
  return convert(rule!, chosen, profile === undefined ? chosen.profile : profiles[profile]).queries[0]!;
}

describe('convert', () => {
  it('is exact where the text, read back, selects what the rule means', () => {
    const query = convertRule(`{s: {CommandLine|contains: whoami}, condition: s}`, 'splunk');
    expect(query).toMatchObject({ verdict: 'exact', except: [], missed: null, extra: null, reason: null });
  });

  it('shows an event for a difference, as it would be recorded', () => {
    const detection = `{s: {CommandLine|exists: true}, condition: s}`;
    const query = convertRule(detection, 'duckdb');
    expect(query).toMatchObject({ verdict: 'exact', except: ['missing'], extra: null });
    const text = `title: T\nlogsource: {product: windows, category: process_creation}\ndetection: ${detection}\n`;
    const [rule] = readSigma([{ name: 'rule.yml', text }]).detections;
    const meant = applyLogSource(rule!.queries[0]!, findTarget('duckdb')!.profile).query.where;
    expect(evaluate(meant, eventOf(query.missed!))).toBe(true);
    expect(query.missed).toMatchObject({
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      CommandLine: null,
    });
  });

  it('excepts the class of events that a loss is confined to, though our reader does not see it', () => {
    const query = convertRule(`{s: {Image|fieldref: ParentImage}, condition: s}`, 'duckdb');
    expect(query).toMatchObject({ verdict: 'exact', except: ['non-ascii-folding'] });
    expect(query.reason).toContain('lower() is not Unicode folding');
  });

  it('says what the schema has no place for', () => {
    const query = convertRule(`{s: {Imphash|re: '^a+b'}, condition: s}`, 'splunk');
    expect(query.losses).toMatchObject([{ feature: 'mapping', place: { part: 's' } }]);
    expect(query.verdict).toBe(query.losses[0]!.effect);
  });

  it('refuses with a reason, and the place in the rule', () => {
    const query = convertRule(`{s: {CommandLine|re: '(a)(?=b)'}, condition: s}`, 'duckdb');
    expect(query).toMatchObject({ verdict: 'refused', text: null, reason: expect.stringContaining('look-around') });
    expect(query.losses[0]!.place).toMatchObject({ part: 's' });
  });

  it('judges what an envelope is found to carry, so that one which spoils a query shows', () => {
    const chosen = findTarget('xpack-watcher')!;
    const text = `title: T\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {Image|endswith: '\\x.exe'}, condition: s}\n`;
    const [rule] = readSigma([{ name: 'rule.yml', text }]).detections;
    const spoilt = (change: (query: string) => string) => {
      const { wrap, ...rest } = chosen.envelope!;
      const envelope: Envelope = { ...rest, wrap: (content) => wrap({ ...content, text: change(content.text) }) };
      return convert(rule!, { ...chosen, envelope }).queries[0]!;
    };
    expect(spoilt((query) => query).verdict).toBe('exact');
    expect(spoilt((query) => query.replaceAll('\\', '')).verdict).not.toBe('exact');
    expect(spoilt((query) => `${query}"`)).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringContaining('read back'),
    });
  });
});
