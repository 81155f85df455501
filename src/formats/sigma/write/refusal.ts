import type { Detection } from '../../../ir/detection.ts';
import type { Atom, Predicate } from '../../../ir/predicate.ts';
import { parseRegex } from '../../../ir/regex/parse.ts';
import type { Regex } from '../../../ir/regex/tree.ts';
import type { Span } from '../../../text/source.ts';
import { networkOf } from '../detection/network.ts';
import { hidesPlaceholder } from './item.ts';

/** Why a detection can't be said in Sigma, and the place in its own text that is to blame, if it has one. */
export interface Refusal {
  readonly code: `sigma/${string}`;
  readonly message: string;
  readonly hint?: string;
  readonly span?: Span;
}

/** A refusal that points at the origin of `node`. */
export function refusal(message: string, node: Predicate | undefined, detection: Detection, hint?: string): Refusal {
  const span = node?.origin === undefined ? undefined : detection.origins[node.origin]?.span;
  return {
    code: 'sigma/not-expressible',
    message,
    ...(span !== undefined && { span }),
    ...(hint !== undefined && { hint }),
  };
}

/** What Sigma lacks for one test; undefined where it can say it exactly. */
export function whyNot(atom: Atom, placeholders: readonly string[]): string | undefined {
  if (atom.kind === 'keyword') return whyNotKeyword(atom.test, placeholders);
  if (typeof atom.field !== 'string') return `Sigma has no test of the event as one text (${atom.field.rendered})`;
  const name = whyNotField(atom.field);
  if (name !== undefined) return name;
  switch (atom.kind) {
    case 'term':
      return 'Sigma has no test for whole words';
    case 'regex':
      return whyNotRegex(atom.regex);
    case 'cidr':
      return networkOf(atom.network) === undefined && !placeholders.some((each) => atom.network.includes(`%${each}%`))
        ? `'${atom.network}' is no network`
        : undefined;
    case 'sameAs':
      if (typeof atom.other !== 'string') return `Sigma has no test of the event as one text (${atom.other.rendered})`;
      return atom.other.trim() === '' ? 'a field must have a name' : undefined;
    case 'like':
      return hidesPlaceholder(atom.pattern, placeholders)
        ? "Sigma can't say a backslash right before a placeholder"
        : undefined;
    case 'compare':
      if (!Number.isFinite(atom.value)) return 'Sigma has no number that is not finite';
      // `gte` with `lte` would hold of an array with one value below and one above.
      return atom.part === 'number' && atom.order === '=' ? 'Sigma compares numbers by order alone' : undefined;
    case 'equal':
    case 'exists':
      return undefined;
  }
}

function whyNotField(name: string): string | undefined {
  if (name.includes('|')) return `a field name with '|' can't be written: '${name}'`;
  return name.trim() === name && name !== '' ? undefined : `a field name can't begin or end with a blank: '${name}'`;
}

/** A keyword is sought inside a value; Sigma can bind it to one end, but not to both. */
function whyNotKeyword(
  test: Extract<Atom, { kind: 'keyword' }>['test'],
  placeholders: readonly string[],
): string | undefined {
  if (test.kind === 'regex') return whyNotRegex(test.regex);
  const ends = [test.pattern[0], test.pattern.at(-1)];
  if (!ends.some((end) => typeof end === 'object' && end.wild === 'many'))
    return 'Sigma has no keyword that must be a whole value';
  return hidesPlaceholder(test.pattern, placeholders)
    ? "Sigma can't say a backslash right before a placeholder"
    : undefined;
}

/** A tree that was not read from its source, or from another flavour of it, must not be printed by it. */
function whyNotRegex(regex: Regex): string | undefined {
  const read = parseRegex(regex.source, regex.flags);
  const same = 'regex' in read && JSON.stringify(read.regex.tree) === JSON.stringify(regex.tree);
  return same ? undefined : "the regular expression is not of Sigma's flavour";
}
