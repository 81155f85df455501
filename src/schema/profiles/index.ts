import type { Profile } from '../profile.ts';
import { cim } from './cim.ts';
import { defender } from './defender.ts';
import { ecs } from './ecs.ts';
import { flat } from './flat.ts';
import { graylog } from './graylog.ts';
import { logpoint } from './logpoint.ts';
import { ocsf } from './ocsf.ts';
import { raw } from './raw.ts';
import { sentinel, sentinelSysmon } from './sentinel.ts';
import { windowsEvent } from './windows-event.ts';
import { windowsTa } from './windows-ta.ts';
import { winlogbeat } from './winlogbeat.ts';

/** Every profile that `--fields` can name. */
export const profiles = {
  raw,
  flat,
  'windows-event': windowsEvent,
  winlogbeat,
  ecs,
  graylog,
  'windows-ta': windowsTa,
  cim,
  sentinel,
  'sentinel-sysmon': sentinelSysmon,
  defender,
  ocsf,
  logpoint,
} as const satisfies Readonly<Record<string, Profile>>;

/** The profile of that name, or undefined. */
export function findProfile(name: string): Profile | undefined {
  return Object.hasOwn(profiles, name) ? profiles[name as keyof typeof profiles] : undefined;
}
