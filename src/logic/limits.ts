/** How much may be spent on one comparison. What is not decided within is `unknown`, for a reason that says so. */
export interface Limits {
  /** Steps of automata, some 30 nanoseconds each, over all. */
  readonly work: number;
  /** Steps of automata, for one value. */
  readonly effort: number;
  /** Conflicts between tests that may be learnt. */
  readonly lemmas: number;
}

export const usualLimits: Limits = { work: 24_000_000, effort: 12_000_000, lemmas: 4000 };
