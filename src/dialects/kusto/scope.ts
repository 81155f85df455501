import type { Profile } from '../../schema/profile.ts';
import type { Cursor } from '../../text/cursor.ts';
import type { Noted } from './assumptions.ts';
import { placeOf } from './column-types.ts';
import type { Place } from './column-types.ts';
import type { Expression, Pipeline } from './syntax.ts';

/** What the reading of a text knows everywhere. */
export interface Reading {
  /** For faults: the text is read to its end before it is given a meaning. */
  readonly cursor: Cursor;
  readonly profile: Profile;
  readonly noted: Noted;
}

/** What a `let` names, and the names that it could use itself. */
export interface Let {
  readonly value: Expression | Pipeline;
  readonly lets: Lets;
}
export type Lets = ReadonlyMap<string, Let>;

/** A column that `extend` made, and the columns that it was made of. */
export interface Made {
  readonly from: Expression | null;
  readonly columns: Columns;
}
export type Columns = ReadonlyMap<string, Made>;

/** What names mean in the rows at hand. */
export interface Scope extends Reading {
  /** Null: any table. */
  readonly table: string | null;
  readonly columns: Columns;
  readonly lets: Lets;
  /** `search`: a text alone is a condition on all columns. */
  readonly searching: 'cased' | 'uncased' | null;
  /** How much more may be read by way of names. */
  readonly budget: { left: number };
}

/** Where a name leads that is neither made nor let. */
export function columnOf(name: string, { table, profile }: Scope): Place {
  return placeOf(name, table, profile);
}

/** Counts a step through a name, which may stand for as many steps again. */
export function spend({ budget, cursor }: Scope, at: Expression): void {
  budget.left -= 1;
  if (budget.left < 0)
    cursor.fail('kusto/too-long', 'with its names put in, the query is too long to be read', at.span);
}
