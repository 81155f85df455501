import type { Profile } from '../profile.ts';
import { ecs } from './ecs.ts';
import { flat } from './flat.ts';
import { raw } from './raw.ts';
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
  'windows-ta': windowsTa,
} as const satisfies Readonly<Record<string, Profile>>;

/** The profile of that name, or undefined. */
export function findProfile(name: string): Profile | undefined {
  return Object.hasOwn(profiles, name) ? profiles[name as keyof typeof profiles] : undefined;
}
