import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { luceneEngine } from '../../app/engines/lucene.ts';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import type { Raw } from '../../ir/event.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { atoms, predicates } from '../../ir/testing/random.ts';
import { eventsFor } from '../../ir/testing/random-events.ts';
import { profiles } from '../../schema/profiles/index.ts';
import type { Profile } from '../../schema/profile.ts';
import { mayDiffer } from '../testing/agreement.ts';
import { esQs } from './es-qs.ts';

const engine = luceneEngine();
afterAll(() => engine.close());

interface Case {
  where: Predicate;
  events: readonly Raw[];
}
const cases: fc.Arbitrary<Case> = predicates(
  process.env.KINDS
    ? atoms(process.env.KINDS.split(',') as never)
    : atoms(['like', 'term', 'regex', 'equal', 'cidr', 'exists', 'keyword']),
).chain((where) =>
  fc.record({ where: fc.constant(where), events: fc.array(eventsFor(where), { minLength: 8, maxLength: 8 }) }),
);

const N = Number(process.env.N ?? 300);
const profile: Profile = profiles.raw;
describe('real lucene', () => {
  it('agrees', async () => {
    const sample = fc.sample(cases, { numRuns: N, seed: Number(process.env.SEED ?? 1) });
    let refused = 0,
      agree = 0,
      lossy = 0;
    const bad: string[] = [];
    const reasons = new Map<string, number>();
    let readBad = 0;
    for (const { where, events } of sample) {
      const printed = esQs.print({ logsource: {}, where, then: [] }, profile);
      if (printed.kind === 'refused') {
        refused++;
        for (const l of printed.losses.filter((x) => x.effect === 'refused'))
          reasons.set(l.feature + ': ' + l.why, (reasons.get(l.feature + ': ' + l.why) ?? 0) + 1);
        continue;
      }
      const may = mayDiffer(printed.losses);
      const [ran] = await engine.run([printed.text], events, profile);
      if (ran!.kind === 'failed') {
        bad.push(`FAILED ${printed.text}: ${ran!.message}`);
        continue;
      }
      const parsed = esQs.parse({ name: 'x', text: printed.text }, profile);
      if (parsed.queries.length !== 1) {
        readBad++;
        bad.push(`UNREAD ${printed.text} ${JSON.stringify(parsed.diagnostics.map((d) => d.message))}`);
      }
      events.forEach((event, i) => {
        const rule = evaluate(where, eventOf(event));
        const text = ran!.kind === 'hits' && ran!.hits[i]!;
        const read = parsed.queries.length === 1 && evaluate(parsed.queries[0]!.where, eventOf(event));
        if (parsed.queries.length === 1 && read !== text)
          bad.push(`READER ${read} lucene ${text}\n  ${printed.text}\n  ${JSON.stringify(event)}`);
        if (rule === text) agree++;
        else if ((text && may.more) || (rule && may.fewer)) lossy++;
        else
          bad.push(
            `${rule ? 'missed' : 'extra'} ${JSON.stringify(event)}\n  ${printed.text}\n  ${JSON.stringify(where).slice(0, 800)}`,
          );
      });
    }
    console.log({ N, refused, agree, lossy, bad: bad.length, readBad });
    console.log(
      [...reasons]
        .sort((a, b) => b[1] - a[1])
        .map(([a, b]) => `${b} ${a}`)
        .join('\n'),
    );
    expect(bad.slice(0, 8).join('\n')).toBe('');
  }, 600000);
});
