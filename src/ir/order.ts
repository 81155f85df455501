import type { Order } from './predicate.ts';

/** Tells whether `left` stands in `order` to `right`. */
export function stands(left: number, order: Order, right: number): boolean {
  switch (order) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '=':
      return left === right;
  }
}
