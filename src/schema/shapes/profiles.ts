import { formats } from '../log-sources/formats.ts';
import type { Mapping, Profile } from '../profile.ts';
import { ecs } from '../profiles/ecs.ts';
import { raw } from '../profiles/raw.ts';
import { winlogbeat } from '../profiles/winlogbeat.ts';

/**
 * Events with a `winlog` object, whoever shipped them. A module may have moved a value into ECS or left it in
 * `event_data`, and that differs by version; so either place counts. For reading events, not for printing queries.
 */
export const recordedWinlog: Profile = {
  ...winlogbeat,
  name: 'winlog',
  title: 'Windows events as Elastic ships them',
  fields: {
    ...winlogbeat.fields,
    ...mapValues(ecs.fields, (mapping, name) =>
      eitherOf(winlogbeat.fields[name] ?? `${winlogbeat.prefix}${name}`, mapping),
    ),
    EventID: { kind: 'either', of: ['winlog.event_id', 'event.code'] },
  },
  types: ecs.types,
  assumptions: [],
};

/** Events that nothing marks: Sigma's names as they stand. */
export const unmarked: Profile = { ...raw, name: 'unmarked', title: 'Events of no recognised format', assumptions: [] };

const known = new Map<string, Profile>();

/** The profile of events in a recognised format: the vendor's names, which are also what rules write. */
export function asFormat(format: string): Profile {
  const found = known.get(format);
  if (found) return found;
  const { title, reference } = formats.find(({ name }) => name === format) ?? {
    title: `Zeek log ${format}`,
    reference: 'https://docs.zeek.org/en/current/logs/index.html',
  };
  const profile = { ...unmarked, name: format, title, reference };
  if (known.size < 1000) known.set(format, profile);
  return profile;
}

function eitherOf(own: Mapping, other: Mapping): Mapping {
  if (JSON.stringify(own) === JSON.stringify(other)) return own;
  return { kind: 'either', of: [own, other] };
}

function mapValues(
  record: Readonly<Record<string, Mapping>>,
  change: (mapping: Mapping, name: string) => Mapping,
): Record<string, Mapping> {
  return Object.fromEntries(Object.entries(record).map(([name, mapping]) => [name, change(mapping, name)]));
}
