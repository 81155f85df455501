import type { Profile } from '../../schema/profile.ts';
import { profiles } from '../../schema/profiles/index.ts';

/** The schema that Splunk's texts are written for in tests. */
export const windowsTa: Profile = profiles['windows-ta'];

/** Profiles that differ in what a dialect makes of them; the first is the one that golden texts are written for. */
const byDialect: Readonly<Record<string, readonly Profile[]>> = {
  splunk: [windowsTa, { ...profiles.raw, name: 'many values', multiValued: ['Image', 'a-b'] }],
  spl2: [
    profiles.ocsf,
    profiles.raw,
    { ...profiles.raw, name: 'numbers', multiValued: ['Image', 'a-b'], types: { Image: { kind: 'number' } } },
  ],
  'es-qs': [profiles.winlogbeat, profiles.ecs, profiles.raw],
  graylog: [profiles.graylog, profiles.raw],
  duckdb: [profiles.raw],
  kibana: [
    profiles.winlogbeat,
    profiles.ecs,
    { ...profiles.raw, name: 'lower-cased', defaultType: { kind: 'keyword', folded: true } },
    {
      ...profiles.raw,
      name: 'many types',
      types: {
        Image: { kind: 'wildcard' },
        f: { kind: 'text', analyzer: 'standard' },
        'a-b': { kind: 'number' },
        g: { kind: 'ip' },
      },
    },
  ],
  logpoint: [profiles.logpoint, profiles.raw],
  kusto: [
    profiles.sentinel,
    profiles.raw,
    {
      ...profiles.raw,
      name: 'many types',
      types: { Image: { kind: 'number' }, User: { kind: 'date' }, 'a-b': { kind: 'boolean' } },
    },
  ],
  powershell: [profiles['windows-event'], profiles.raw],
  grep: [profiles.flat, { ...profiles.raw, name: 'many values', multiValued: ['Image', 'a-b'] }],
};

/** The profiles that the laws are run with. A dialect that is not listed is run with plain names. */
export function profilesOf(dialect: string): readonly [Profile, ...Profile[]] {
  const [first = profiles.raw, ...others] = byDialect[dialect] ?? [];
  return [first, ...others];
}
