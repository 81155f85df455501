import { aggregate } from './aggregate.ts';
import { evaluate } from './evaluate.ts';
import { eventOf, scalarsOf, textOf } from './event.ts';
import type { Event, Raw, Scalar, Value } from './event.ts';
import { compute } from './expression.ts';
import type { Branch, BranchCondition, Query, Stage } from './query.ts';

/** An event and when it happened, in milliseconds since 1970; null counts as the time of the event before it. */
export interface Timed {
  readonly event: Event;
  readonly time: number | null;
}

/** What a query reports: an event, or a row computed from several. `sources` are positions in the input. */
export interface Row {
  readonly event: Event;
  readonly time: number;
  readonly sources: readonly number[];
}

/** Decides whether an event belongs to a query before its stages; a caller that knows log sources says so here. */
export type Selects = (query: Query, event: Event) => boolean;

/**
 * Runs a query over a whole input: the reference semantics of stages (this room's README), as code.
 * It keeps all rows in memory; whoever streams must give the same rows.
 */
export function runQuery(query: Query, input: readonly Timed[], selects: Selects = byPredicate): Row[] {
  let latest = 0;
  const rows = input.map(({ event, time }, index): Tagged => {
    latest = time ?? latest;
    return { event, time: latest, sources: [index], branch: null, series: null };
  });
  return runOver(
    query,
    rows.toSorted((a, b) => a.time - b.time),
    selects,
  ).map(({ event, time, sources }) => ({ event, time, sources }));
}

/** A row on its way: the branch that it came through, and, after a windowed summary, the group that it tells of. */
interface Tagged extends Row {
  readonly branch: string | null;
  readonly series: string | null;
}

function byPredicate(query: Query, event: Event): boolean {
  return evaluate(query.where, event);
}

function runOver(query: Query, input: readonly Tagged[], selects: Selects): Tagged[] {
  const gathered = query.then[0]?.kind === 'gather';
  const selected = gathered ? input : input.filter(({ event }) => selects(query, event));
  return query.then.reduce((rows, stage) => runStage(stage, rows, selects), [...selected]);
}

function runStage(stage: Stage, rows: readonly Tagged[], selects: Selects): Tagged[] {
  switch (stage.kind) {
    case 'derive':
      return rows.map((row) => withField(row, stage.field, compute(stage.from, row.event)));
    case 'gather':
      return stage.of.flatMap((branch) => gather(branch, rows, selects)).toSorted((a, b) => a.time - b.time);
    case 'summarize':
      return stage.within === null ? summarize(stage, rows) : summarizeWindows(stage, stage.within * 1000, rows);
    case 'having':
      return having(stage.where, rows);
    case 'sequence':
      return sequence(stage, rows);
    case 'keep':
      return rows.map((row) => ({ ...row, event: kept(row.event, stage.fields) }));
  }
}

function gather(branch: Branch, rows: readonly Tagged[], selects: Selects): Tagged[] {
  return runOver(branch.query, rows, selects).map((row) => ({
    ...row,
    event: {
      get: (field) => row.event.get(Object.hasOwn(branch.rename, field) ? branch.rename[field]! : field),
      values: () => row.event.values(),
    },
    branch: branch.name,
    series: null,
  }));
}

type Summarize = Extract<Stage, { kind: 'summarize' }>;

function summarize(stage: Summarize, rows: readonly Tagged[]): Tagged[] {
  const groups = new Map<string, { keys: readonly Scalar[]; rows: Tagged[] }>();
  for (const row of rows) {
    for (const keys of groupsOf(row.event, stage.by)) {
      const name = JSON.stringify(keys);
      const group = groups.get(name);
      if (group) group.rows.push(row);
      else groups.set(name, { keys, rows: [row] });
    }
  }
  if (groups.size === 0 && stage.by.length === 0) groups.set('[]', { keys: [], rows: [] });
  return [...groups.values()].map((group) => ({ ...summaryOf(stage, group.keys, group.rows), series: null }));
}

function summarizeWindows(stage: Summarize, within: number, rows: readonly Tagged[]): Tagged[] {
  const windows = new Map<string, Tagged[]>();
  return rows.flatMap((row) =>
    groupsOf(row.event, stage.by).map((keys) => {
      const series = JSON.stringify(keys);
      const window = [...(windows.get(series) ?? []), row].filter(({ time }) => time > row.time - within);
      windows.set(series, window);
      return { ...summaryOf(stage, keys, window), series };
    }),
  );
}

function summaryOf(stage: Summarize, keys: readonly Scalar[], rows: readonly Tagged[]): Omit<Tagged, 'series'> {
  const fields: Record<string, Value> = {};
  for (const [index, field] of stage.by.entries()) fields[field] = keys[index]!;
  for (const figure of stage.with) {
    const value = aggregate(
      figure,
      rows.map(({ event }) => event),
    );
    if (value !== undefined) fields[figure.as] = value;
  }
  return { event: eventOf(fields), time: rows.at(-1)?.time ?? 0, sources: sourcesOf(rows), branch: null };
}

/** The groups that a row belongs to: one for each value of each field, none where a field has no value. */
function groupsOf(event: Event, by: readonly string[]): Scalar[][] {
  return by.reduce<Scalar[][]>(
    (groups, field) =>
      groups.flatMap((group) =>
        [...new Set(scalarsOf(event.get(field)).map(textOf))].map((value) => [...group, value]),
      ),
    [[]],
  );
}

function having(where: Parameters<typeof evaluate>[0], rows: readonly Tagged[]): Tagged[] {
  const met = new Set<string>();
  return rows.filter(({ event, series }) => {
    const holds = evaluate(where, event);
    if (series === null) return holds;
    const news = holds && !met.has(series);
    if (holds) met.add(series);
    else met.delete(series);
    return news;
  });
}

type Sequence = Extract<Stage, { kind: 'sequence' }>;

function sequence(stage: Sequence, rows: readonly Tagged[]): Tagged[] {
  const windows = new Map<string, Tagged[]>();
  const within = stage.within === null ? Infinity : stage.within * 1000;
  return rows.flatMap((row) =>
    groupsOf(row.event, stage.by).flatMap((keys): Tagged[] => {
      const group = JSON.stringify(keys);
      const window = [...(windows.get(group) ?? []), row].filter(({ time }) => time > row.time - within);
      const done = reached(stage.of, window, -1, stage.ordered) !== undefined;
      windows.set(group, done ? [] : window);
      if (!done) return [];
      const fields = Object.fromEntries(stage.by.map((field, index) => [field, keys[index]!]));
      return [{ event: eventOf(fields), time: row.time, sources: sourcesOf(window), branch: null, series: null }];
    }),
  );
}

/** The position in the window at which the condition has become true, looking only after `from` if ordered; or undefined. */
function reached(
  condition: BranchCondition,
  window: readonly Tagged[],
  from: number,
  ordered: boolean,
): number | undefined {
  switch (condition.kind) {
    case 'branch': {
      const at = window.findIndex(({ branch }, index) => branch === condition.name && (!ordered || index > from));
      return at === -1 ? undefined : at;
    }
    case 'both': {
      let at: number | undefined = from;
      for (const part of condition.of) if (at !== undefined) at = reached(part, window, at, ordered);
      return at;
    }
    case 'either': {
      const found = condition.of.map((part) => reached(part, window, from, ordered)).filter((at) => at !== undefined);
      return found.length === 0 ? undefined : Math.min(...found);
    }
    case 'absent':
      return reached(condition.of, window, from, ordered) === undefined ? from : undefined;
  }
}

function sourcesOf(rows: readonly Row[]): number[] {
  return [...new Set(rows.flatMap(({ sources }) => sources))].sort((a, b) => a - b);
}

function withField(row: Tagged, field: string, value: Value | undefined): Tagged {
  if (value === undefined) return row;
  const { event } = row;
  return {
    ...row,
    event: {
      get: (name) => (name === field ? value : event.get(name)),
      values: function* () {
        for (const entry of event.values()) if (entry[0] !== field) yield entry;
        for (const scalar of scalarsOf(value)) yield [field, scalar];
      },
    },
  };
}

function kept(event: Event, fields: readonly string[]): Event {
  const found = fields.flatMap((field): [string, Value][] => {
    const value = event.get(field);
    return value === undefined ? [] : [[field, value]];
  });
  return eventOf(Object.fromEntries(found) as Raw);
}
