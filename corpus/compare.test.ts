import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { planHunt } from '../src/engine/plan.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import type { Detection } from '../src/ir/detection.ts';
import type { Raw } from '../src/ir/event.ts';
import { compare } from '../src/prove/compare.ts';
import { openEvent } from '../src/schema/shapes.ts';
import { corpusFiles, describeCorpus, table } from './corpus.ts';

describeCorpus('rules compared with one another', () => {
  it('a hunt agrees on every event that is shown', () => {
    const folders = ['rules', 'rules-emerging-threats', 'rules-threat-hunting'];
    const files = folders.flatMap((folder) => corpusFiles(`corpus/sigma/${folder}`, '.yml'));
    const { detections } = readSigma(files.map((name) => ({ name, text: readFileSync(name, 'utf8') })));
    const rules = detections.filter(({ placeholders }) => placeholders.length === 0);
    const at = (index: number) => rules[index % rules.length]!;
    const hits = (detection: Detection, event: Raw) => planHunt([detection]).match(openEvent(event)).length > 0;
    const relations = new Map<string, number>();
    const times: number[] = [];
    const wrong: string[] = [];
    let shown = 0;
    for (let index = 0; index < 1500; index += 1) {
      // Neighbours are of one log source more often than not.
      const a = at(index * 7919);
      const b = index % 3 === 0 ? at(index * 104_729 + 1) : at(index * 7919 + 1);
      const begun = performance.now();
      const { relation } = compare(
        { kind: 'rule', label: 'A', detection: a },
        { kind: 'rule', label: 'B', detection: b },
      );
      times.push(performance.now() - begun);
      relations.set(relation.relation, (relations.get(relation.relation) ?? 0) + 1);
      for (const [event, byA, byB] of [
        [relation.onlyA, true, false],
        [relation.onlyB, false, true],
        [relation.both, true, true],
      ] as const) {
        if (!event) continue;
        shown += 1;
        if (hits(a, event) !== byA || hits(b, event) !== byB)
          wrong.push(`${a.name} ${b.name} ${JSON.stringify(event)}`);
      }
    }
    const sorted = times.toSorted((a, b) => a - b);
    const quantile = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!.toFixed(1);
    table('1,500 pairs of rules, witnesses dressed', [
      ['relation', 'pairs'],
      ...relations,
      ['events on which a hunt agrees', `${shown - wrong.length} of ${shown}`],
      ['ms a pair: median, p99, max', [0.5, 0.99, 1].map(quantile).join(' ')],
    ]);
    expect(wrong).toEqual([]);
    expect(relations.get('unknown') ?? 0).toBe(0);
  });
});
