import { always, atomsOf, mapAtoms, never } from '../../ir/predicate.ts';
import type { Atom, Predicate } from '../../ir/predicate.ts';
import { literal } from '../../ir/pattern.ts';
import type { Query } from '../../ir/query.ts';
import { simplify } from '../../passes/simplify.ts';
import type { Profile } from '../../schema/profile.ts';
import { lossesOf } from '../dialect.ts';
import type { Loss, Printed } from '../dialect.ts';
import { sentences } from './assumptions.ts';
import type { Noted } from './assumptions.ts';
import { capabilities } from './capabilities.ts';
import { tableField } from './column-types.ts';
import { withoutEmptiness } from './emptiness.ts';
import { printCondition } from './print-condition.ts';
import type { Setting } from './print-condition.ts';
import { entity } from './text.ts';

/**
 * Writes a query in KQL: a table and a filter, or a union of such where events lie in several tables, each filter in the
 * names of its own columns. What names no table is sought in all of them.
 *
 *     SecurityEvent | where EventID == 4688 and NewProcessName endswith @"\whoami.exe"
 *     union isfuzzy=true (DeviceProcessEvents | where ...), (SecurityEvent | where ...)
 *     find where CommandLine contains "sekurlsa"
 */
export function print(query: Query, profile: Profile): Printed {
  const losses: Loss[] = lossesOf(capabilities, { ...query, where: withoutEmptiness(query.where) });
  if (isRefused(losses)) return { kind: 'refused', losses };
  const noted: Noted = new Set();
  const branches = branchesOf(query.where);
  const texts = branches.map(({ table, where }) => {
    const setting: Setting = { table, profile, noted, losses };
    if (table === null) return `find where ${printCondition(where, setting)}`;
    const source = /^\w*(?:\*\w*)+$/.test(table) ? `union ${table}` : entity(table);
    return isAlways(where) ? source : `${source} | where ${printCondition(where, setting)}`;
  });
  const mixed = branches.length > 1 && branches.some(({ table }) => table === null);
  const [first] = atomsOf(query.where);
  if (mixed && first)
    losses.push({
      feature: 'like.cased',
      effect: 'refused',
      why: 'some of it is about one table, some about any',
      origin: first.origin,
    });
  if (isRefused(losses)) return { kind: 'refused', losses: losses.toSorted((a, b) => rank(b) - rank(a)) };
  const text = texts.length === 1 ? texts[0]! : `union isfuzzy=true ${texts.map((each) => `(${each})`).join(', ')}`;
  return { kind: 'text', text, losses, assumptions: sentences(noted) };
}

function isRefused(losses: readonly Loss[]): boolean {
  return losses.some(({ effect }) => effect === 'refused');
}

function rank({ effect }: Loss): number {
  return Number(effect === 'refused');
}

/** What is sought in one table, or in every table (null). */
interface Branch {
  readonly table: string | null;
  readonly where: Predicate;
}

/**
 * Takes a predicate apart by the tables that it names: for each table the predicate as it is there, in which tests of the
 * table are settled. A table's name may hold a star.
 */
function branchesOf(where: Predicate): Branch[] {
  const names = new Set([...atomsOf(where)].map(tableOf).filter((name) => name !== undefined));
  if (names.size === 0) return [{ table: null, where }];
  const within = (table: string | null) =>
    simplify(
      mapAtoms(where, (atom) => {
        const name = tableOf(atom);
        return name === undefined ? atom : name === table ? always : never;
      }),
    );
  const branches = [...[...names], null].map((table) => ({ table, where: within(table) }));
  const possible = branches.filter((branch) => !isNever(branch.where));
  return possible.length === 0 ? [{ table: null, where: never }] : possible;
}

/** The table that a test asks for, or undefined for any other test. */
function tableOf(atom: Atom): string | undefined {
  if (atom.kind !== 'like' || atom.field !== tableField) return undefined;
  const text = literal(atom.pattern);
  if (text !== undefined) return text;
  const parts = atom.pattern.map((piece) => (typeof piece === 'string' ? piece : piece.wild === 'many' ? '*' : '?'));
  return /^\w*(?:\*\w*)+$/.test(parts.join('')) ? parts.join('') : undefined;
}

function isNever(where: Predicate): boolean {
  return where.kind === 'any' && where.of.length === 0;
}

function isAlways(where: Predicate): boolean {
  return where.kind === 'all' && where.of.length === 0;
}
