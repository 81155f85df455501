import { planHunt } from '../../engine/plan.ts';
import { labelOf } from '../../engine/hit.ts';
import type { RuleLabel } from '../../engine/hit.ts';
import type { Detection } from '../../ir/detection.ts';
import { scalarsOf, textOf } from '../../ir/event.ts';
import type { Raw } from '../../ir/event.ts';
import { openEvent } from '../../schema/shapes.ts';
import type { RecordedEvent } from '../../schema/shapes.ts';

/** What happened on one host in one go: hits that follow each other within a minute. */
export interface Incident {
  /** ISO 8601 in UTC, of the first hit; null where events have no time. */
  readonly time: string | null;
  readonly host: string;
  /** The account behind the first event that names one. */
  readonly user: string | null;
  readonly deeds: readonly Deed[];
}

/** One thing done, as the deciding value of its events tells it, and the rules that saw it. */
export interface Deed {
  /** A command line, a file, a script, a key and the values set in it, or who opened whom with which rights. */
  readonly what: string;
  /** The kinds of events that show it, each once: `Sysmon 1`, `Security 4688`. */
  readonly events: readonly string[];
  readonly rules: readonly RuleLabel[];
}

/** The findings of a hunt, told in order of time. */
export interface Timeline {
  readonly events: number;
  /** Events that at least one rule hits. */
  readonly hits: number;
  readonly incidents: readonly Incident[];
}

/** A gap after which hits on a host are told as another incident. */
const MINUTE = 60_000;

/** Hunts events with detections and orders what they hit by time and host. Rules over several events are not run. */
export function timelineOf(detections: readonly Detection[], events: readonly Raw[]): Timeline {
  const plan = planHunt(detections);
  const found = events.flatMap((raw): Found[] => {
    const recorded = openEvent(raw);
    const rules = plan.match(recorded).map(({ detection }) => labelOf(detection));
    return rules.length === 0 ? [] : [{ recorded, rules }];
  });
  const inOrder = found.toSorted((a, b) => compareText(a.recorded.time ?? '', b.recorded.time ?? ''));
  return { events: events.length, hits: found.length, incidents: gathered(inOrder).map(incidentOf) };
}

interface Found {
  readonly recorded: RecordedEvent;
  readonly rules: readonly RuleLabel[];
}

/** Puts hits of one host that lie close together into one list, in order of the first of each. */
function gathered(found: readonly Found[]): Found[][] {
  const lists: Found[][] = [];
  const open = new Map<string, Found[]>();
  for (const each of found) {
    const { host, time } = each.recorded;
    const list = open.get(host ?? '');
    const last = list?.at(-1)?.recorded.time;
    if (list && last && time && Date.parse(time) - Date.parse(last) < MINUTE) list.push(each);
    else {
      const fresh = [each];
      lists.push(fresh);
      open.set(host ?? '', fresh);
    }
  }
  return lists;
}

function incidentOf(found: readonly Found[]): Incident {
  const { time, host } = found[0]!.recorded;
  const users = found.map(({ recorded }) => userOf(recorded)).filter((user) => user !== null);
  const deeds = new Map<string, { details: Set<string>; events: Set<string>; rules: Map<string, RuleLabel> }>();
  for (const { recorded, rules } of found) {
    const { what, detail } = deedOf(recorded);
    const deed = deeds.get(what) ?? { details: new Set(), events: new Set(), rules: new Map() };
    deeds.set(what, deed);
    if (detail !== null) deed.details.add(detail);
    deed.events.add(kindOf(recorded));
    for (const rule of rules) deed.rules.set(rule.id, rule);
  }
  return {
    time,
    host: host ?? 'unknown host',
    user: users[0] ?? null,
    deeds: [...deeds].map(([what, { details, events, rules }]) => ({
      what: [what, [...details].join(', ')].join(' ').trimEnd(),
      events: [...events],
      rules: [...rules.values()],
    })),
  };
}

function userOf(recorded: RecordedEvent): string | null {
  const one = value(recorded, 'User') ?? value(recorded, 'SourceUser');
  if (one !== null) return one;
  const name = value(recorded, 'SubjectUserName');
  return name === null ? null : `${value(recorded, 'SubjectDomainName') ?? '.'}\\${name}`;
}

/** Fields that tell a deed by themselves, the most telling first. */
const telling = ['CommandLine', 'ScriptBlockText', 'TargetFilename'];

/** What was done, and what may differ where the same was done several times in a row. */
function deedOf(recorded: RecordedEvent): { readonly what: string; readonly detail: string | null } {
  const field = (name: string) => value(recorded, name);
  for (const name of telling) {
    const text = field(name);
    if (text !== null) return { what: text, detail: null };
  }
  const key = field('TargetObject');
  if (key !== null) return { what: `${folderOf(key)} gets`, detail: fileOf(key) };
  const target = field('TargetImage');
  if (target !== null)
    return {
      what: `${fileOf(field('SourceImage') ?? '?')} opens ${fileOf(target)} with`,
      detail: field('GrantedAccess'),
    };
  const loaded = field('ImageLoaded');
  if (loaded !== null) return { what: `${fileOf(field('Image') ?? '?')} loads ${loaded}`, detail: null };
  return { what: kindOf(recorded), detail: null };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('\\')));
}

function fileOf(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}

function kindOf({ channel, eventId }: RecordedEvent): string {
  const log = (channel ?? 'unknown log').replace(/^Microsoft-Windows-/, '').replace(/\/Operational$/, '');
  return `${log} ${eventId ?? ''}`.trim();
}

/** A field of a Windows event by the name that Windows gives it, whatever collector wrote it. */
function value({ event, profile }: RecordedEvent, field: string): string | null {
  const [first] = scalarsOf(event.get(`${profile.prefix}${field}`) ?? event.get(field));
  return first === undefined ? null : textOf(first);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
