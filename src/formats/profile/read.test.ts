import { describe, expect, it } from 'vitest';
import { profiles } from '../../schema/profiles/index.ts';
import { render } from '../../text/diagnostic.ts';
import { readProfile } from './read.ts';

function read(text: string) {
  return readProfile({ name: 'lake.yml', text });
}

describe('readProfile', () => {
  it('needs no more than a name', () => {
    expect(read('name: lake')).toMatchObject({
      diagnostics: [],
      profile: { name: 'lake', title: 'lake', prefix: '', vocabulary: 'own', assumptions: [] },
    });
  });

  it('adds to the profile that it extends', () => {
    const { profile } = read(`
name: lake
extends: winlogbeat
fields:
  CommandLine: proc.cmd
  User: { kind: joined, left: acct.domain, by: '\\', right: acct.name }
  Computer: { kind: either, of: [host.name, { kind: hex, field: host.id }] }
byKind:
  security/4688: { ProcessId: proc.id }
source: { provider: null, channelPrefix: [a, b] }
types: { proc.id: number, proc.cmd: { kind: keyword, folded: true }, message: text }
`);
    expect(profile).toMatchObject({
      prefix: 'winlog.event_data.',
      fields: {
        Channel: 'winlog.channel',
        CommandLine: 'proc.cmd',
        User: { kind: 'joined', left: 'acct.domain', by: '\\', right: 'acct.name' },
        Computer: { kind: 'either', of: ['host.name', { kind: 'hex', field: 'host.id' }] },
      },
      byKind: { 'security/4688': { ProcessId: 'proc.id' } },
      source: { channel: 'winlog.channel', provider: null, channelPrefix: ['a', 'b'] },
      types: {
        '@timestamp': { kind: 'date' },
        'proc.id': { kind: 'number' },
        'proc.cmd': { kind: 'keyword', folded: true },
        message: { kind: 'text', analyzer: 'standard' },
      },
      assumptions: profiles.winlogbeat.assumptions,
    });
  });

  it('reads every profile that ships, written as YAML', () => {
    for (const profile of Object.values(profiles))
      expect(read(JSON.stringify(profile)).profile, profile.name).toMatchObject(profile);
  });

  it.each([
    ['', 'empty'],
    ['title: x', 'no-name'],
    ['name: x\nfeilds: {}', 'unknown-key'],
    ['name: [x]', 'shape'],
    ['name: x\nname: y', 'yaml'],
    ['name: "x', 'yaml'],
    ['name: x\nextends: winlog', 'unknown-profile'],
    ['name: x\nfields: [a]', 'shape'],
    ['name: x\nfields:\n  A: { field: b }', 'no-kind'],
    ['name: x\nfields:\n  A: { kind: hexx, field: b }', 'unknown-word'],
    ['name: x\nfields:\n  A: { kind: hex }', 'missing-key'],
    ['name: x\nfields:\n  A: { kind: hex, field: b, key: c }', 'unknown-key'],
    ['name: x\nfields:\n  A: { kind: joined, left: a, by: "", right: b }', 'joint'],
    ['name: x\nfields:\n  A:', 'shape'],
    ['name: x\ntypes: { a: wild }', 'unknown-word'],
    ['name: x\ntypes: { a: { kind: ip, folded: true } }', 'unknown-key'],
    ['name: x\nsource: { verbatim: yes please }', 'shape'],
    ['name: x\nspelling: camel', 'unknown-word'],
    ['name: x\nbyKind: { sysmon/one: { A: b } }', 'unknown-kind'],
    ['name: x\nholds: { securty: { A: b } }', 'unknown-kind'],
    [`name: x\nfields: { A: ${'{ kind: either, of: ['.repeat(50)}a${'] }'.repeat(50)} }`, 'too-deep'],
    ['['.repeat(100_000), 'yaml'],
    ['x'.repeat(1_000_001), 'too-large'],
  ])('refuses %j', (text, code) => {
    const { profile, diagnostics } = read(text);
    expect(profile).toBeNull();
    expect(diagnostics.map((each) => each.code)).toEqual([`profile/${code}`]);
  });

  it('points at what is wrong', () => {
    const [diagnostic] = read('name: x\nfields:\n  User: { kind: joint, left: a }\n').diagnostics;
    expect(render(diagnostic!)).toBe(`lake.yml:3:17: error: 'joint' is not known here [profile/unknown-word]

3 |   User: { kind: joint, left: a }
                    ^^^^^

hint: known are either, inside, list, last, element, joined, hex, coded, told, registry, absent`);
  });
});
