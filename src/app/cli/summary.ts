import type { Plan } from '../../engine/plan.ts';
import type { Flag } from '../../events/reading.ts';
import type { Account } from '../hunting.ts';

/**
 * The account of a hunt as `--summary` writes it. Every loaded rule is counted once: as runnable, as one that needs
 * values for its placeholders, or as not runnable.
 */
export interface Summary {
  readonly events: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly skipped: readonly { readonly file: string; readonly record: number | null; readonly reason: string }[];
  /** Events that were read though their records may not be whole. */
  readonly flagged: readonly { readonly file: string; readonly flag: Flag; readonly events: number }[];
  readonly rules: {
    readonly loaded: number;
    readonly runnable: number;
    readonly needsValues: readonly { readonly id: string; readonly placeholders: readonly string[] }[];
    readonly notRunnable: readonly { readonly id: string; readonly file: string; readonly reason: string }[];
  };
  readonly hits: Readonly<Record<string, number>>;
}

/** Sums up a hunt that took `seconds`. */
export function summaryOf(plan: Plan, account: Account, seconds: number): Summary {
  const needsValues = plan.notRunnable.filter(({ detection }) => detection.placeholders.length > 0);
  const notRunnable = plan.notRunnable.filter(({ detection }) => detection.placeholders.length === 0);
  return {
    events: account.events,
    bytes: account.bytes,
    seconds: Math.round(seconds * 1000) / 1000,
    skipped: [...account.files].flatMap(([file, { skipped, unlisted }]) => [
      ...skipped.map((each) => ({ file, ...each })),
      ...(unlisted === 0 ? [] : [{ file, record: null, reason: `${unlisted} more records that could not be read` }]),
    ]),
    flagged: [...account.files].flatMap(([file, { flagged }]) =>
      [...flagged].map(([flag, events]) => ({ file, flag, events })),
    ),
    rules: {
      loaded: plan.runnable.length + plan.notRunnable.length,
      runnable: plan.runnable.length,
      needsValues: needsValues.map(({ detection: { id, name, placeholders } }) => ({ id: id ?? name, placeholders })),
      notRunnable: notRunnable.map(({ detection: { id, name, file }, reason }) => ({ id: id ?? name, file, reason })),
    },
    hits: Object.fromEntries(account.hits),
  };
}
