import { foldClass } from '../ir/fold.ts';
import { foldRuns } from '../ir/fold-table.generated.ts';
import type { CodeSet } from './codes.ts';
import { codeSet, lineBreaks } from './codes.ts';

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
  readonly arrays: boolean;
  readonly ipv6: boolean;
  /** Whether a field that a predicate looks at may be without a value. */
  readonly missing: boolean;
  /** Code points that no value holds. */
  readonly without: CodeSet;
}

const foreignFolding: readonly number[] = foldRuns.flatMap(([first, last, step, delta]) => {
  const codes: number[] = [];
  for (let code = first; code <= last; code += step) codes.push(code, code + delta);
  return codes.filter((code) => code >= 0x80 && foldClass(code).length > 1);
});

const controls: CodeSet = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
];

/** All events but those of the classes `exclude`; `written` are the code points that the predicates hold. */
export function domainOf(exclude: readonly ValueClass[], written: ReadonlySet<number>): Domain {
  const out = new Set(exclude);
  const foreign = out.has('non-ascii-folding') ? foreignFolding.filter((code) => !written.has(code)) : [];
  return {
    name: [...out].sort().join(),
    arrays: !out.has('multi-valued'),
    ipv6: !out.has('ipv6'),
    missing: !out.has('missing'),
    without: codeSet([...foreign.map((code) => [code, code] as const), ...(out.has('line-break') ? lineBreaks : [])]),
  };
}

/** The part of a domain whose events a reader finds natural: one value a field, no control characters, no foreign letters. */
export function plainPart(domain: Domain, written: ReadonlySet<number>): Domain {
  const narrow = domainOf(['multi-valued', 'line-break', 'non-ascii-folding'], written);
  return {
    ...domain,
    name: `plain ${domain.name}`,
    arrays: false,
    without: codeSet([...domain.without, ...narrow.without, ...controls]),
  };
}
