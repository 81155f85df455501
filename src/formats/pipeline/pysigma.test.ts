import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { splunk } from '../../dialects/splunk/index.ts';
import { any } from '../../ir/predicate.ts';
import { relate } from '../../logic/relate.ts';
import { applyLogSource } from '../../passes/apply-log-source.ts';
import { readSigma } from '../sigma/read.ts';
import { joinPipelines } from './join.ts';
import { readPipeline } from './read.ts';

const folder = new URL('testing/', import.meta.url);
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');

interface Case {
  readonly pipeline: string;
  readonly rule: string;
  /** What pySigma prints for Splunk; null where the pipeline refuses the rule. */
  readonly spl: string | null;
}

const { cases } = JSON.parse(textOf('pysigma.json')) as { readonly cases: readonly Case[] };

/** Rules, pipelines and cases are ours; the queries were printed by pySigma from them. */
describe('a pipeline does what it does in pySigma', () => {
  it.each(cases.map((each) => [`${each.rule} through ${each.pipeline}`, each] as const))(
    '%s',
    (_, { pipeline, rule, spl }) => {
      const read = readPipeline({ name: pipeline, text: textOf(`pipelines/${pipeline}`) });
      expect(read.diagnostics).toEqual([]);
      const profile = joinPipelines([read.pipeline!]);
      const [detection] = readSigma([{ name: rule, text: textOf(`rules/${rule}`) }]).detections;
      const applied = detection!.queries.map((query) => applyLogSource(query, profile, detection));
      if (spl === null) return expect(applied.flatMap(({ problems }) => problems)).not.toEqual([]);
      expect(applied.flatMap(({ problems }) => problems)).toEqual([]);
      const theirs = splunk.parse({ name: '<pysigma>', text: spl }, profile).queries;
      expect(theirs).not.toEqual([]);
      const relation = relate(any(applied.map(({ query }) => query.where)), any(theirs.map(({ where }) => where)));
      expect(relation.onlyA).toBeNull();
      expect(relation.onlyB).toBeNull();
      expect(relation.relation).toBe('equivalent');
    },
  );
});
