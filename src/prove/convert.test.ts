import { describe, expect, it } from 'vitest';
import { readSigma } from '../formats/sigma/read.ts';
import { findTarget } from '../formats/targets.ts';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import { any } from '../ir/predicate.ts';
import { applyLogSource } from '../passes/apply-log-source.ts';
import { findProfile, profiles } from '../schema/profiles/index.ts';
import { convert } from './convert.ts';
import { judge } from './verdict.ts';

function rule(detection: string, logsource = '{ product: windows, category: process_creation }') {
  const { detections, diagnostics } = readSigma([
    { name: 'rule.yml', text: `title: A rule\nlogsource: ${logsource}\ndetection:\n${detection}\n` },
  ]);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return detections[0]!;
}

const splunk = findTarget('splunk')!;
const esQs = findTarget('es-qs')!;

describe('convert', () => {
  it('prints the log source and proves the text', () => {
    const [query] = convert(rule(`    a: { Image|endswith: '\\x.exe' }\n    condition: a`), splunk).queries;
    expect(query).toMatchObject({
      verdict: 'exact',
      basis: 'proved',
      except: [],
      missed: null,
      extra: null,
      diagnostics: [],
    });
    expect(query!.text).toContain('EventCode=1 Image="*\\\\x.exe"');
    expect(query!.text).toContain('EventCode=4688 NewProcessName="*\\\\x.exe"');
  });

  it('carries what search can not say into where, and stays exact', () => {
    const [query] = convert(
      rule(`    a: { CommandLine|re: 'a.c$', Image|cased: X }\n    condition: a`),
      splunk,
    ).queries;
    expect(query).toMatchObject({ verdict: 'exact' });
    expect(query!.text).toContain('| where');
  });

  it('refuses what the language can not say, with the reason and the place', () => {
    const [query] = convert(rule(`    a: { Image|fieldref: ParentImage }\n    condition: a`), esQs).queries;
    expect(query).toMatchObject({ text: null, verdict: 'refused' });
    expect(query!.reason).toMatch(/another field/);
    expect(query!.losses[0]).toMatchObject({ feature: 'same-as', effect: 'refused', place: { part: 'a' } });
  });

  it('gives an event for a difference, which the rule and the query judge differently', () => {
    const detection = rule(
      `    '': ['needle']\n    condition: ''`.replaceAll("''", 'words'),
      '{ product: windows, service: application }',
    );
    const [query] = convert(detection, splunk).queries;
    expect(query!.verdict).toBe('wider');
    const meant = applyLogSource(detection.queries[0]!, splunk.profile).query.where;
    const read = any(
      splunk.dialect.parse({ name: 'q', text: query!.text! }, splunk.profile).queries.map(({ where }) => where),
    );
    expect(evaluate(meant, eventOf(query!.extra!))).toBe(false);
    expect(evaluate(read, eventOf(query!.extra!))).toBe(true);
  });

  it('says what a schema leaves out', () => {
    const defender = findProfile('defender')!;
    const [query] = convert(
      rule(`    a: { Signed: 'false' }\n    condition: a`, '{ product: windows, category: driver_load }'),
      splunk,
      defender,
    ).queries;
    expect(['refused', 'wider', 'narrower', 'differs']).toContain(query!.verdict);
    expect(query!.reason).not.toBeNull();
  });
});

describe('judge', () => {
  const like = (text: string, cased = false) => ({ kind: 'like', field: 'f', pattern: [text], cased }) as const;

  it('names all five outcomes', () => {
    expect(judge(like('ab'), like('AB'), profiles.raw).verdict).toBe('exact');
    expect(judge(like('ab', true), like('ab'), profiles.raw).verdict).toBe('wider');
    expect(judge(like('ab'), like('ab', true), profiles.raw).verdict).toBe('narrower');
    expect(judge(like('ab'), like('cd'), profiles.raw).verdict).toBe('differs');
  });

  it('excepts a class of values that alone makes the difference', () => {
    const ascii = { kind: 'any', of: [like('k', true), like('K', true)] } as const;
    const judged = judge(like('k'), ascii, profiles.raw);
    expect(judged).toMatchObject({ verdict: 'exact', except: ['non-ascii-folding'], missed: { f: '\u212a' } });
  });
});
