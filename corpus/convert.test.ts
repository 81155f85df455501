import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readSigma } from '../src/formats/sigma/read.ts';
import { targets } from '../src/formats/targets.ts';
import { convert } from '../src/prove/convert.ts';
import { corpusFiles, describeCorpus, table } from './corpus.ts';

describeCorpus('converting', () => {
  it('prints, reads back and decides every rule in every target', () => {
    const folders = [
      'rules',
      'rules-emerging-threats',
      'rules-threat-hunting',
      'rules-compliance',
      'rules-placeholder',
    ];
    const files = folders.flatMap((folder) => corpusFiles(`corpus/sigma/${folder}`, '.yml'));
    const sources = files.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
    const begun = performance.now();
    const { detections } = readSigma(sources);
    const read = performance.now() - begun;
    const rows: (readonly (string | number)[])[] = [
      ['target', 'exact', 'with exceptions', 'wider', 'narrower', 'differs', 'unknown', 'refused', 'unreadable', 'ms'],
    ];
    const reasons = new Map<string, number>();
    const slow: [number, string][] = [];
    const lines: string[] = [];
    for (const target of targets) {
      const counts: Record<string, number> = { unreadable: 0 };
      const started = performance.now();
      for (const detection of detections) {
        const before = performance.now();
        for (const query of convert(detection, target).queries) {
          const kind = query.verdict === 'exact' && query.except.length > 0 ? 'with exceptions' : query.verdict;
          counts[kind] = (counts[kind] ?? 0) + 1;
          if (query.diagnostics.length > 0) counts['unreadable']! += 1;
          lines.push(
            JSON.stringify({
              target: target.name,
              id: detection.id,
              file: detection.file,
              ...query,
              losses: query.losses.length,
            }),
          );
          if (query.verdict !== 'exact' || query.except.length > 0) {
            const reason = `${target.name} ${kind}: ${query.except.join(' ')} ${query.reason ?? query.losses.map(({ feature }) => feature).join(' ')}`;
            reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
          }
        }
        slow.push([performance.now() - before, `${target.name} ${detection.file}`]);
      }
      const figure = (name: string) => counts[name] ?? 0;
      rows.push([
        target.name,
        ...['exact', 'with exceptions', 'wider', 'narrower', 'differs', 'unknown', 'refused', 'unreadable'].map(figure),
        Math.round(performance.now() - started),
      ]);
      expect(counts['unreadable'], target.name).toBe(0);
    }
    if (process.env['ASSAY_DUMP']) writeFileSync(process.env['ASSAY_DUMP'], lines.join('\n'));
    table(`verdicts of ${detections.length} detections (${Math.round(read)} ms to read)`, rows);
    table('why not exact', [['reason', 'queries'], ...[...reasons].sort((a, b) => b[1] - a[1]).slice(0, 40)]);
    table('slowest', [
      ['ms', 'rule'],
      ...slow
        .sort((a, b) => b[0] - a[0])
        .slice(0, 12)
        .map(([ms, name]) => [Math.round(ms), name.slice(-90)] as const),
    ]);
  });
});
