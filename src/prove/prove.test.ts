import { describe, expect, it } from 'vitest';
import { findTarget } from '../formats/targets.ts';
import { readSigma } from '../formats/sigma/read.ts';
import type { Detection } from '../ir/detection.ts';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf, textOf } from '../ir/event.ts';
import { profiles } from '../schema/profiles/index.ts';
import type { Engine } from './engine.ts';
import { classesOf } from './classes.ts';
import { prove } from './prove.ts';
import type { Proof } from './prove.ts';
import { trialsFor } from './trials.ts';
import { worst } from './verdict.ts';

const target = findTarget('duckdb')!;

function rules(...detections: string[]): readonly Detection[] {
  const head = 'title: T\nlogsource: {product: windows, category: process_creation}\n';
  const sources = detections.map((text, index) => ({ name: `${index}.yml`, text: `${head}detection: ${text}\n` }));
  return readSigma(sources).detections;
}

/** An engine that does what our reader says of a text, but for events on which `lie` has its way. */
function engineOf(lie: (text: string) => boolean = () => false, more: Partial<Engine> = {}): Engine {
  return {
    name: 'mirror',
    dialect: 'duckdb',
    available: () => Promise.resolve({ ok: true }),
    run: (queries, events, profile) =>
      Promise.resolve(
        queries.map((text) => {
          const read = target.dialect.parse({ name: 'q', text }, profile).queries;
          const hits = events.map((raw) => {
            const event = eventOf(raw);
            const hit = read.some(({ where }) => evaluate(where, event));
            return [...event.values()].some(([, value]) => lie(textOf(value))) ? !hit : hit;
          });
          return { kind: 'hits', hits };
        }),
      ),
    close: () => Promise.resolve(),
    ...more,
  };
}

async function proofs(detections: readonly Detection[], engines: readonly Engine[], more = {}): Promise<Proof[]> {
  const found: Proof[] = [];
  for await (const proof of prove(detections, target, { engines, ...more })) found.push(proof);
  return found;
}

const whoami = `{s: {CommandLine|contains: whoami}, condition: s}`;

describe('prove', () => {
  it('has an engine confirm the verdict, event by event', async () => {
    const [proof] = await proofs(rules(whoami), [engineOf()]);
    expect(proof).toMatchObject({ verdict: 'exact', basis: 'executed', failures: [], reason: null });
    const executed = proof!.engines['mirror']!;
    if (executed.kind !== 'run') throw new Error('not run');
    expect(executed.agree).toBe(executed.events);
    expect([...executed.classes.keys()]).toEqual(
      expect.arrayContaining([
        'match',
        'near miss',
        'null',
        'letters in another spelling',
        'array of two',
        'empty event',
      ]),
    );
  });

  it('fails where an engine says otherwise, and shows the event', async () => {
    const [proof, other] = await proofs(rules(whoami, `{s: {User: x}, condition: s}`), [
      engineOf((text) => text.endsWith('\\') && /whoami/i.test(text)),
    ]);
    expect(proof).toMatchObject({ verdict: 'exact', basis: 'reader-unverified', extra: null });
    expect(proof!.missed!['CommandLine']).toMatch(/\\$/);
    expect(proof!.failures).toEqual([
      expect.stringContaining('mirror does not select an event of which the verdict says'),
    ]);
    // The other rule is judged on its own events, and on what it selects of these.
    expect(other!.failures).toEqual([expect.stringContaining('mirror selects an event')]);
  });

  it('lets an engine differ where the verdict tells of it', async () => {
    const [proof] = await proofs(rules(`{s: {Image|fieldref: ParentImage}, condition: s}`), [
      engineOf((text) => text.includes('ſ')),
    ]);
    // DuckDB's lower() is no folding, which is said of comparisons of columns.
    expect(proof).toMatchObject({ failures: [] });
    const executed = proof!.engines['mirror']!;
    expect(executed).toMatchObject({ kind: 'run' });
    if (executed.kind === 'run')
      expect([executed.told > 0, executed.agree + executed.told]).toEqual([true, executed.events]);
  });

  it('tries recorded events too, and only those that the engine can hold', async () => {
    const recorded = [
      { Channel: 'Security', EventID: 4688, CommandLine: 'whoami' },
      { Channel: 'Security', EventID: 4688, CommandLine: ['whoami', 'x'] },
    ];
    const single = engineOf(undefined, { holds: (event) => !JSON.stringify(event).includes('[') });
    const [proof] = await proofs(rules(whoami), [single], { recorded });
    const executed = proof!.engines['mirror']!;
    expect(executed.kind === 'run' && executed.classes.get('recorded')).toEqual({ events: 1, agree: 1, told: 0 });
    expect(executed.kind === 'run' && executed.classes.has('array of two')).toBe(false);
  });

  it('says that an engine is not there, can not run a text, or breaks down', async () => {
    const absent = engineOf(undefined, { available: () => Promise.resolve({ ok: false, install: 'get it' }) });
    expect((await proofs(rules(whoami), [absent]))[0]).toMatchObject({
      basis: 'reader-unverified',
      failures: [],
      engines: { mirror: { kind: 'skipped', install: 'get it' } },
    });
    const failing = engineOf(undefined, {
      run: (texts) => Promise.resolve(texts.map(() => ({ kind: 'failed', message: 'no' }))),
    });
    expect((await proofs(rules(whoami), [failing]))[0]!.failures).toEqual(["mirror can't run the text: no"]);
    const broken = engineOf(undefined, { run: () => Promise.reject(new Error('gone')) });
    expect((await proofs(rules(whoami), [broken]))[0]!.failures).toEqual([
      "mirror can't run the text: it broke down: gone",
    ]);
  });

  it('runs no text that counts, and none of a rule that was refused', async () => {
    const counting = readSigma([
      {
        name: 'c.yml',
        text: 'title: T\nlogsource: {product: windows, service: security}\ndetection: {s: {EventID: 4625}, condition: s | count() by IpAddress > 5}\n',
      },
    ]).detections;
    const [proof] = await proofs(counting, [engineOf()]);
    expect(proof!.engines['mirror']).toMatchObject({ kind: 'nothing' });
    expect(proof!.failures).toEqual([]);
  });

  it('gives a proof for each detection, in their order, however they are batched', async () => {
    const many = Array.from(
      { length: 150 },
      (_, index) => `{s: {Field${index % 7}|contains: v${index}}, condition: s}`,
    );
    const cased = [`{s: {name: a}, condition: s}`, `{s: {Name: a}, condition: s}`];
    const found = await proofs(rules(...many, ...cased), [engineOf()]);
    expect(found.map(({ detection }) => detection.file)).toEqual([...many, ...cased].map((_, index) => `${index}.yml`));
    expect(found.every(({ basis }) => basis === 'executed')).toBe(true);
  });
});

describe('trialsFor', () => {
  it('gives events in the names of the schema, each once', () => {
    const where = { kind: 'like', field: 'winlog.event_data.Image', pattern: ['k.exe'], cased: false } as const;
    const trials = trialsFor(where, profiles.winlogbeat);
    expect(new Set(trials.map(({ event }) => JSON.stringify(event))).size).toBe(trials.length);
    expect(trials.find(({ of }) => of === 'Kelvin sign for k')!.event).toEqual({
      'winlog.event_data.Image': '\u212a.exe',
    });
  });
});

describe('classesOf', () => {
  it('names the classes of an event', () => {
    const where = [{ kind: 'cidr', field: 'ip', network: '10.0.0.0/8' } as const];
    expect(classesOf({ ip: 'fc00::1' }, where)).toEqual(new Set(['ipv6']));
    expect(classesOf({ ip: ['10.0.0.1', 'x\ny'] }, where)).toEqual(new Set(['multi-valued', 'line-break']));
    expect(classesOf({ other: '\u212a' }, where)).toEqual(new Set(['missing', 'non-ascii-folding']));
    expect(classesOf({ ip: 'é' }, where)).toEqual(new Set(['non-ascii-folding']));
  });
});

describe('worst', () => {
  const judgement = (verdict: Proof['verdict']) => ({ verdict, except: [], missed: null, extra: null, reason: null });

  it('is the least that can be said of several texts', () => {
    const of = (...verdicts: Proof['verdict'][]) => worst(verdicts.map(judgement)).verdict;
    expect(of('exact', 'exact')).toBe('exact');
    expect(of('exact', 'wider')).toBe('wider');
    expect(of('narrower', 'wider')).toBe('differs');
    expect(of('wider', 'unknown')).toBe('unknown');
    expect(of('wider', 'refused')).toBe('refused');
    expect(worst([])).toMatchObject({ verdict: 'refused', reason: 'it has no query' });
  });
});
