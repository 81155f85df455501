import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Profile } from '../../schema/profile.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { wantedProfile } from './profile-option.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-profile-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

async function wanted(fields?: string): Promise<{ found: Profile | Diagnostic | undefined; warned: Diagnostic[] }> {
  const warned: Diagnostic[] = [];
  const found = await wantedProfile(fields === undefined ? {} : { fields }, (each) => warned.push(each));
  return { found, warned };
}

describe('--fields', () => {
  const late = file('late.yml', 'name: late\npriority: 50\ntransformations: []\n');
  const early = file('early.yml', 'name: early\npriority: 10\ntransformations: []\nfinalizers: [{ type: concat }]\n');
  const own = file('own.yml', 'name: ours\nextends: ecs\n');

  it('takes a profile, a mapping file or a pipeline', async () => {
    expect((await wanted()).found).toBeUndefined();
    expect((await wanted('ecs')).found).toMatchObject({ name: 'ecs' });
    expect((await wanted(own)).found).toMatchObject({ name: 'ours' });
    expect((await wanted(late)).found).toMatchObject({ name: 'late', pipeline: { steps: [] } });
  });

  it('takes pipelines by their priorities, behind a profile', async () => {
    const { found, warned } = await wanted(`ecs,${late},${early}`);
    expect(found).toMatchObject({ name: 'early, late', types: { 'source.ip': { kind: 'ip' } } });
    expect(warned.map(({ code }) => code)).toEqual(['pipeline/not-applied']);
    expect((await wanted(`${late},${own}`)).found).toMatchObject({ name: 'late' });
  });

  it('takes a file whose name has a comma for one file', async () => {
    expect((await wanted(file('a,b.yml', 'name: ours'))).found).toMatchObject({ name: 'ours' });
  });

  it.each([
    ['ecz', 'usage'],
    ['ecs,', 'usage'],
    ['ecs,winlogbeat', 'usage'],
    [`ecs,${own},${late}`, 'usage'],
    [file('half.yml', 'transformations:\n  - type: [\n'), 'sigma/yaml'],
    [file('wrong.yml', 'transformations:\n  - {}\n'), 'pipeline/no-type'],
    [file('other.yml', 'title: x\n'), 'profile/no-name'],
  ])('refuses %s', async (fields, code) => {
    expect((await wanted(fields)).found).toMatchObject({ code });
  });
});
