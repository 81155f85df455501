/** Three-valued logic, as `where` has it, told in two-valued predicates: when is it true, when is it false. */
import { all, never, not } from '../../ir/predicate.ts';
import type { Atom, Predicate } from '../../ir/predicate.ts';
import { keyOf } from '../../passes/distinct.ts';
import { both, either, negation, present } from './operand.ts';

/**
 * When an expression is true and when it is false; where neither holds, it is unknown, and `where` drops the event.
 * Of most expressions only one is asked for, so that groups work out each when it is.
 */
export interface Truth {
  readonly yes: Predicate;
  readonly no: Predicate;
}

/** An expression that always has an answer. */
export function decided(yes: Predicate): Truth {
  return { yes, no: negation(yes) };
}

/** A test that is unknown unless all of `needs` hold. */
export function needing(needs: readonly Predicate[], yes: Predicate): Truth {
  return { yes, no: both([...needs, negation(yes)]) };
}

export function allTrue(of: readonly Truth[]): Truth {
  return {
    get yes() {
      return both(of.map(({ yes }) => yes));
    },
    get no() {
      return settled(of.map(({ no }) => no));
    },
  };
}

export function anyTrue(of: readonly Truth[]): Truth {
  return {
    get yes() {
      return settled(of.map(({ yes }) => yes));
    },
    get no() {
      return together(of.map(({ no }) => no));
    },
  };
}

/** Joins with `all` what is true together; that a value is there is said once. */
function together(of: readonly Predicate[]): Predicate {
  const parts = of.flatMap((part) => (part.kind === 'all' ? part.of : [part]));
  return both([...new Map(parts.map((part) => [keyOf(part), part])).values()]);
}

export function opposite(truth: Truth): Truth {
  return {
    get yes() {
      return truth.no;
    },
    get no() {
      return truth.yes;
    },
  };
}

/**
 * Joins with `any` what people write to get two values out of three: `isnull(f) OR NOT match(f, ..)` comes in as
 * `not there(f)` or (`there(f)` and `not match`), and means just `not match`.
 */
function settled(of: readonly Predicate[]): Predicate {
  if (!of.some(({ kind }) => kind === 'not')) return either(of);
  const absences = of.filter((part) => part.kind === 'not').map((part) => keyOf(part.of));
  const missing = new Set(absences);
  const lighter = of.map((part): Predicate => {
    if (part.kind !== 'all') return part;
    const rest = part.of.filter((each) => !missing.has(keyOf(each)));
    return rest.length === part.of.length || rest.length === 0 ? part : all(rest);
  });
  const implied = new Set(lighter.flatMap(trueWithout).map((each) => keyOf(not(each))));
  return either(lighter.filter((part) => !implied.has(keyOf(part))));
}

/** What a test may do without: wherever one of these does not hold, `part` does. */
function trueWithout(part: Predicate): readonly Predicate[] {
  if (part.kind === 'not') return needs(part.of);
  if (part.kind !== 'all') return [];
  const [first = [], ...others] = part.of.map(trueWithout);
  const shared = others.map((each) => new Set(each.map(keyOf)));
  return first.filter((each) => shared.every((keys) => keys.has(keyOf(each))));
}

/** What must hold wherever the test does, besides itself. */
function needs(test: Predicate): Predicate[] {
  switch (test.kind) {
    case 'sameAs':
      return [test.field, test.other].flatMap((field) => (typeof field === 'string' ? [present(field)] : []));
    case 'compare': {
      const figure = (order: '<' | '>='): Atom => ({
        kind: 'compare',
        field: test.field,
        part: test.part,
        order,
        value: 0,
      });
      return [present(test.field), either([figure('<'), figure('>=')])];
    }
    case 'like':
      return isPresence(test) ? [] : [present(test.field)];
    case 'term':
    case 'regex':
    case 'equal':
    case 'cidr':
      return typeof test.field === 'string' ? [present(test.field)] : [];
    default:
      return [];
  }
}

function isPresence(test: Atom): boolean {
  return test.kind === 'like' && keyOf(test) === keyOf(present(test.field));
}

/** What a comparison with `null()` comes to. */
export const unknown: Truth = { yes: never, no: never };
