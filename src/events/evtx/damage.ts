/** A record that can't be decoded, with the reason; caught where records are read, never seen outside of this folder. */
export class Damage extends Error {}

/** Gives up on the record at hand. */
export function damaged(reason: string): never {
  throw new Damage(reason);
}

/**
 * What one record may cost. Its 64 KB can refer to themselves in ways that multiply: every step, every level and every
 * character that comes out is charged.
 */
export interface Budget {
  steps: number;
  characters: number;
}

/** Enough for every record that Windows writes (the largest known has some 2,000 elements and 35,000 characters). */
export function newBudget(): Budget {
  return { steps: 65_536, characters: 4_000_000 };
}

/** Charges one step, and the characters that it puts out. */
export function charge(budget: Budget, characters = 0): void {
  budget.steps -= 1;
  budget.characters -= characters;
  if (budget.steps < 0) damaged('it has more parts than a record of Windows can have');
  if (budget.characters < 0) damaged('it unfolds to more text than a record of Windows can hold');
}
