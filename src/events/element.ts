import type { Scalar } from '../ir/event.ts';

/**
 * An element of an event as it was recorded, its values typed. `content` holds what stands between its tags, in order;
 * an element without content says nothing, or null.
 */
export interface Element {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: Scalar])[];
  readonly content: readonly (Element | Scalar)[];
}
