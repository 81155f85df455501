import type { Raw } from '../ir/event.ts';
import { foldCode } from '../ir/fold.ts';
import type { CodeSet } from '../ir/regex/code-set.ts';
import { codeSet, contains } from '../ir/regex/code-set.ts';
import { foldingCodes, lineBreaks } from './codes.ts';

/**
 * A named kind of events that a comparison may leave out.
 *
 * `non-ascii-folding`: a value holds a letter beyond ASCII that has another case, in a spelling that neither predicate
 * writes. `line-break`: a value holds a character that ends a line. `multi-valued`: a field has several values.
 * `ipv6`: a field that is tested for a network holds an IPv6 address. `missing`: a field that a predicate looks at
 * has no value.
 */
export type ValueClass = 'non-ascii-folding' | 'line-break' | 'multi-valued' | 'ipv6' | 'missing';

/** The events that are considered. */
export interface Domain {
  /** Tells this domain's conclusions from those of others. */
  readonly name: string;
  /** Names of domains that hold all its events: what is impossible there is impossible here. */
  readonly wider: readonly string[];
  readonly arrays: boolean;
  /** Fields that have one value even where others may have several. */
  readonly single: ReadonlySet<string>;
  readonly ipv6: boolean;
  /** Whether a field that a predicate looks at may be without a value. */
  readonly missing: boolean;
  /** The part of the usual effort that its questions are worth. */
  readonly worth: number;
  /** Code points that no value holds. */
  readonly without: CodeSet;
}

/** Letters beyond ASCII that have another case. */
const foreignLetters: CodeSet = codeSet(
  foldingCodes
    .flatMap((code) => [code, foldCode(code)])
    .filter((code) => code >= 0x80)
    .map((code) => [code, code] as const),
);

/** Those, control characters and line breaks. */
const unnatural: CodeSet = codeSet([...foreignLetters, ...lineBreaks, [0x00, 0x1f], [0x7f, 0x9f]]);

/**
 * All events but those of the classes `exclude` and those with several values in one of the fields `single`; `written`
 * gives the code points that the predicates hold. Domains of one prover have the same `single`.
 */
export function domainOf(
  exclude: readonly ValueClass[],
  written: () => ReadonlySet<number>,
  single: readonly string[] = [],
): Domain {
  const out = new Set(exclude);
  const name = [...out].sort().join();
  return {
    name,
    wider: name === '' ? [] : [''],
    arrays: !out.has('multi-valued'),
    single: new Set(single),
    ipv6: !out.has('ipv6'),
    missing: !out.has('missing'),
    worth: 1,
    without: union(
      out.has('non-ascii-folding') ? unwritten(foreignLetters, written()) : [],
      out.has('line-break') ? lineBreaks : [],
    ),
  };
}

/** The part of a domain whose events a reader finds natural: one value a field, no control characters, no foreign letters. */
export function plainPart(domain: Domain, written: () => ReadonlySet<number>): Domain {
  return {
    ...domain,
    name: `plain ${domain.name}`,
    wider: [...domain.wider, domain.name],
    arrays: false,
    worth: 0.1,
    without: union(domain.without, unwritten(unnatural, written())),
  };
}

/** Whether an event is natural at a glance. */
export function isPlain(event: Raw): boolean {
  return Object.values(event).every((value) => !Array.isArray(value) && /^[ -~]*$/.test(String(value)));
}

function union(...sets: readonly CodeSet[]): CodeSet {
  const [first = [], ...more] = sets.filter(({ length }) => length > 0);
  return more.length === 0 ? first : codeSet([...first, ...more.flat()]);
}

/** A set without the code points of a predicate that belong to it, of which there are few. */
function unwritten(set: CodeSet, written: ReadonlySet<number>): CodeSet {
  const out = [...written].filter((code) => code >= 0x80 && contains(set, code)).sort((a, b) => a - b);
  if (out.length === 0) return set;
  return set.flatMap((range): CodeSet => {
    const [from, to] = range;
    const inside = out.filter((code) => from <= code && code <= to);
    if (inside.length === 0) return [range];
    const edges = [from - 1, ...inside, to + 1];
    return edges
      .slice(1)
      .flatMap((edge, index) => (edges[index]! + 1 <= edge - 1 ? [[edges[index]! + 1, edge - 1]] : []));
  });
}
