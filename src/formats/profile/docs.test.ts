import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { splunk } from '../../dialects/splunk/index.ts';
import { applyLogSource } from '../../passes/apply-log-source.ts';
import type { Profile } from '../../schema/profile.ts';
import { profiles } from '../../schema/profiles/index.ts';
import { joinPipelines } from '../pipeline/join.ts';
import { looksLikePipeline, readPipeline } from '../pipeline/read.ts';
import { readSigma } from '../sigma/read.ts';
import { readProfile } from './read.ts';

const page = readFileSync(new URL('../../../docs/profiles.md', import.meta.url), 'utf8');

function block(name: string): { readonly name: string; readonly text: string } {
  const [, text] = new RegExp(`^\`\`\`${name}\n([^]*?)^\`\`\`$`, 'm').exec(page) ?? [];
  if (text === undefined) throw new Error(`docs/profiles.md has no example '${name}'`);
  return { name, text };
}

function printed(profile: Profile): string {
  const { detections, diagnostics } = readSigma([block('yaml rule')]);
  expect(diagnostics).toEqual([]);
  const { query, problems } = applyLogSource(detections[0]!.queries[0]!, profile, detections[0]);
  expect(problems).toEqual([]);
  const result = splunk.print(query, profile);
  return result.kind === 'text' ? result.text : '';
}

describe('docs/profiles.md', () => {
  it('shows a mapping file that is read without a complaint, and the query that it leads to', () => {
    expect(looksLikePipeline(block('yaml mapping'))).toBe(false);
    const { profile, diagnostics } = readProfile(block('yaml mapping'));
    expect(diagnostics).toEqual([]);
    expect(printed(profile!)).toBe(block('spl mapping').text.trim());
  });

  it('shows a pipeline that is carried out whole, and the query that it leads to', () => {
    expect(looksLikePipeline(block('yaml pipeline'))).toBe(true);
    const { pipeline, diagnostics } = readPipeline(block('yaml pipeline'));
    expect(diagnostics).toEqual([]);
    expect(printed(joinPipelines([pipeline!]))).toBe(block('spl pipeline').text.trim());
  });

  it('names every profile that ships', () => {
    for (const name of Object.keys(profiles)) expect(page, name).toContain(`\`${name}\``);
  });
});
