import { alertHit, hitOf } from '../engine/hit.ts';
import type { Hit, Placed } from '../engine/hit.ts';
import type { Plan } from '../engine/plan.ts';
import type { Inflate } from '../events/inflate.ts';
import { isEvent } from '../events/reading.ts';
import type { Flag, Reading } from '../events/reading.ts';
import { readEvents } from '../events/read-events.ts';
import type { Input } from '../events/read-events.ts';
import { openEvent } from '../schema/shapes.ts';

/** A hit with what its event says of where it happened. */
export interface HostedHit {
  readonly hit: Hit;
  readonly host: string | null;
}

/** What became of the files of a hunt; it grows while the hunt goes on. */
export interface Account {
  events: number;
  /** Of the files' content, unpacked. */
  bytes: number;
  /** Events read per file, members of archives by their own names. */
  readonly files: Map<string, FileAccount>;
  /** Hits per rule, by the id that hits carry. */
  readonly hits: Map<string, number>;
}

/** `skipped` lists at most a thousand records; `unlisted` counts those beyond. */
export interface FileAccount {
  events: number;
  readonly skipped: { readonly record: number | null; readonly reason: string }[];
  unlisted: number;
  /** Records whose text holds U+FFFD in place of bytes that are no UTF-8, or characters that XML can't hold. */
  replaced: number;
  /** Events whose records may not be whole. */
  readonly flagged: Map<Flag, number>;
}

/** Records that are listed for a file: a file of nothing but broken lines must not fill the memory. */
const LISTED = 1000;

/** An account of nothing yet. */
export function newAccount(): Account {
  return { events: 0, bytes: 0, files: new Map(), hits: new Map() };
}

/**
 * Runs a plan over files, one after the other, and yields the hits of each piece of a file; hits of rules over several
 * events come last, since such a rule answers at the end. `inWindow` says of an event's time whether it counts.
 */
export async function* huntFiles(
  plan: Plan,
  inputs: readonly Input[],
  inflate: Inflate,
  inWindow: (time: string | null) => boolean,
  account: Account,
): AsyncGenerator<readonly HostedHit[]> {
  const watched: Placed[] = [];
  for (const input of inputs)
    for await (const { file, readings, bytes } of readEvents(input, inflate)) {
      const found: HostedHit[] = [];
      const own = accountOf(account, file);
      account.bytes += bytes;
      for (const reading of readings) {
        noteOf(own, reading);
        if (!isEvent(reading)) continue;
        account.events += 1;
        const recorded = openEvent(reading.raw);
        if (!inWindow(recorded.time)) continue;
        const placed = { recorded, raw: reading.raw, from: { file, record: reading.record } };
        for (const match of plan.match(recorded))
          found.push(counted({ hit: hitOf(match, placed), host: recorded.host }, account));
        let kept = false;
        for (const watcher of plan.watchers) if (watcher.watch(recorded, watched.length)) kept = true;
        if (kept) watched.push(placed);
      }
      yield found;
    }
  yield alerts(plan, watched).map((hit) => counted(hit, account));
}

function alerts(plan: Plan, watched: readonly Placed[]): HostedHit[] {
  return plan.watchers.flatMap((watcher) =>
    watcher.alerts().flatMap(({ row, tickets }) => {
      const events = tickets.map((ticket) => watched[ticket]!);
      const hit = alertHit(watcher.detection, row, events);
      return hit ? [{ hit, host: events.at(-1)!.recorded.host }] : [];
    }),
  );
}

function counted(found: HostedHit, { hits }: Account): HostedHit {
  const { id } = found.hit.rule;
  hits.set(id, (hits.get(id) ?? 0) + 1);
  return found;
}

/** The account of a file, begun if need be. */
export function accountOf({ files }: Account, file: string): FileAccount {
  let own = files.get(file);
  if (!own) files.set(file, (own = { events: 0, skipped: [], unlisted: 0, replaced: 0, flagged: new Map() }));
  return own;
}

/** Counts a reading for its file. */
export function noteOf(own: FileAccount, reading: Reading): void {
  if (isEvent(reading)) {
    own.events += 1;
    if (reading.replaced) own.replaced += 1;
    if (reading.flag) own.flagged.set(reading.flag, (own.flagged.get(reading.flag) ?? 0) + 1);
  } else if (own.skipped.length < LISTED) own.skipped.push({ record: reading.record, reason: reading.skipped });
  else own.unlisted += 1;
}
