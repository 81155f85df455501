import type { Raw } from '../ir/event.ts';
import type { Profile } from '../schema/profile.ts';

/**
 * A real engine of a query language, as the judge of our printers and readers.
 *
 * Rooms below `app/` never start one: `app/engines/` makes these values and hands them down.
 */
export interface Engine {
  readonly name: string;
  /** The dialect whose texts it runs. */
  readonly dialect: string;
  /** Whether it can run here; if not, what a person installs. A missing engine is reported as skipped, never as passed. */
  available(): Promise<Availability>;
  /**
   * Loads `events`, stored as `profile` types their fields, and runs every query over all of them.
   * One result a query, in their order. Rejects only where the engine itself breaks down.
   */
  run(queries: readonly string[], events: readonly Raw[], profile: Profile): Promise<readonly Ran[]>;
  /** Whether it can store an event as `profile` types its fields; without this, it can store any. */
  holds?(event: Raw, profile: Profile): boolean;
  /** Ends what `run` started. The next `run` starts it again. */
  close(): Promise<void>;
}

export type Availability = { readonly ok: true } | { readonly ok: false; readonly install: string };

/** What became of one query: for each event whether it is a hit, or the engine's own message. */
export type Ran =
  { readonly kind: 'hits'; readonly hits: readonly boolean[] } | { readonly kind: 'failed'; readonly message: string };
