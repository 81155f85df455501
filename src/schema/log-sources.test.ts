import { describe, expect, it } from 'vitest';
import type { LogSource } from '../ir/query.ts';
import { admits, eventKinds, logSourcesOf } from './log-sources.ts';

const mark = { channel: null, eventId: null, provider: null, format: null };
const names = (logsource: LogSource) => eventKinds(logsource).kinds.map(({ name }) => name);

describe('eventKinds', () => {
  it('knows process creation as Sysmon 1 and Security 4688', () => {
    expect(eventKinds({ product: 'windows', category: 'process_creation' })).toMatchObject({
      known: true,
      kinds: [
        { name: 'sysmon/1', channel: 'Microsoft-Windows-Sysmon/Operational', eventIds: [1] },
        { name: 'security/4688', channel: 'Security', eventIds: [4688] },
      ],
    });
  });

  it('takes category and service together as both', () => {
    expect(names({ product: 'windows', category: 'process_creation', service: 'sysmon' })).toEqual(['sysmon/1']);
    expect(names({ product: 'windows', category: 'process_creation', service: 'security' })).toEqual(['security/4688']);
    expect(names({ product: 'kubernetes', category: 'application', service: 'audit' })).toEqual(['kubernetes.audit']);
    expect(eventKinds({ product: 'windows', category: 'process_creation', service: 'powershell' })).toMatchObject({
      known: true,
      kinds: [],
      note: expect.stringContaining('at once'),
    });
  });

  it('takes a category without product for every product that has it', () => {
    expect(names({ category: 'process_creation' })).toEqual([
      'sysmon/1',
      'security/4688',
      'linux-sysmon/1',
      'linux/process_creation',
      'macos/process_creation',
    ]);
    expect(names({ category: 'webserver' })).toEqual(['webserver']);
    expect(names({ product: 'apache', category: 'webserver' })).toEqual(['webserver']);
  });

  it('takes the product of an application for its technology', () => {
    expect(names({ product: 'django', category: 'application' })).toEqual(['django']);
  });

  it('does not mind case and blanks around names', () => {
    expect(names({ product: ' Windows', category: 'DNS_query ' })).toEqual(['sysmon/22']);
  });

  it.each<[LogSource, string]>([
    [{}, 'empty'],
    [{ product: 'windows', category: 'process_creaton' }, "No category 'process_creaton'"],
    [{ product: 'windows', service: 'powershell-core' }, 'Did you mean powershell'],
    [{ product: 'beos' }, "No product 'beos'"],
    [{ product: 'constructor', service: '__proto__' }, "No product 'constructor'"],
    [{ service: 'toString' }, "No service 'toString'".toLowerCase()],
  ])('says what to do about %j', (logsource, said) => {
    const { known, kinds, note } = eventKinds(logsource);
    expect({ known, kinds }).toEqual({ known: false, kinds: [] });
    expect(note?.toLowerCase()).toContain(said.toLowerCase());
  });
});

describe('admits', () => {
  const [sysmon] = eventKinds({ product: 'windows', category: 'process_creation' }).kinds;

  it('compares channels without case, and ids exactly', () => {
    const recorded = { ...mark, channel: 'microsoft-windows-sysmon/operational' };
    expect(admits(sysmon!, { ...recorded, eventId: 1 })).toBe(true);
    expect(admits(sysmon!, { ...recorded, eventId: 3 })).toBe(false);
    expect(admits(sysmon!, { ...recorded, eventId: null })).toBe(false);
  });

  it('tells an event of a trace by its provider', () => {
    const [kernelFile] = eventKinds({ product: 'windows', category: 'file_access' }).kinds;
    expect(admits(kernelFile!, { ...mark, provider: 'Microsoft-Windows-Kernel-File', eventId: 12 })).toBe(true);
    expect(admits(kernelFile!, { ...mark, provider: 'Microsoft-Windows-Sysmon', eventId: 12 })).toBe(false);
  });

  it('keeps formats, unmarked events and Windows events apart', () => {
    const [trail] = eventKinds({ product: 'aws', service: 'cloudtrail' }).kinds;
    const [web] = eventKinds({ category: 'webserver' }).kinds;
    const [windows] = eventKinds({ product: 'windows' }).kinds;
    const events = [{ ...mark, format: 'aws.cloudtrail' }, mark, { ...mark, channel: 'Security', eventId: 1 }];
    expect([trail, web, windows].map((kind) => events.map((event) => admits(kind!, event)))).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ]);
  });
});

describe('logSourcesOf', () => {
  it('lists what covers an event', () => {
    expect(logSourcesOf('security', 4688)).toEqual([
      { product: 'windows', category: 'process_creation' },
      { product: 'windows', service: 'security' },
    ]);
    expect(
      logSourcesOf('Microsoft-Windows-Sysmon/Operational', 13).map(({ category, service }) => category ?? service),
    ).toEqual(['registry_event', 'registry_set', 'sysmon']);
    expect(logSourcesOf('Nowhere', 1)).toEqual([]);
  });
});
