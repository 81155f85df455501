import type { Comparison } from '../../prove/compare.ts';
import type { ValueClass } from '../../logic/relate.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { diagnosticJson } from './conversion-json.ts';

/** A comparison as `compare --format json` writes it; `reason` holds all that is to be said besides the relation. */
export function comparisonJson(comparison: Comparison) {
  const { relation, onlyA, onlyB, both } = comparison.relation;
  const { before, after } = remarksOn(comparison, ['A', 'B']);
  const remarks = [...before, comparison.relation.reason, ...after].filter((remark) => remark !== null);
  const reason = remarks.length === 0 ? null : remarks.join('. ');
  return { relation, onlyA, onlyB, both, assumptions: comparison.assumptions, reason };
}

/** What keeps a side from being read, as JSON: `side` is the letter by which the usage calls it. */
export function faultJson(side: string, fault: Diagnostic) {
  const { code, message, line, column } = diagnosticJson(fault);
  return { error: { side, code, message, line, column } };
}

/** The letter of a side by its place in the command line: A, B, .. Z, AA. */
export function letterOf(index: number): string {
  const last = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

/** Sentences to be read before the relation, on what can't match at all or always does, and after it. */
export interface Remarks {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Says what is to be said of a comparison besides its relation; `a` and `b` are what the sides are called. */
export function remarksOn({ relation, except }: Comparison, [a, b]: readonly [string, string]): Remarks {
  const { aNever, aAlways, bNever, bAlways } = relation;
  return {
    before: [
      ...(aNever ? [`${a} can never match`] : []),
      ...(bNever ? [`${b} can never match`] : []),
      ...(aAlways ? [`${a} matches every event`] : []),
      ...(bAlways ? [`${b} matches every event`] : []),
    ],
    after:
      except.length === 0
        ? []
        : [`Apart from ${except.map((each) => classes[each]).join(' and ')}, they are equivalent`],
  };
}

const classes: Readonly<Record<ValueClass, string>> = {
  'non-ascii-folding': 'letters beyond ASCII in another case',
  'line-break': 'values with a line break',
  'multi-valued': 'fields with several values',
  ipv6: 'IPv6 addresses',
  missing: 'missing fields',
};
