import type { Detection } from '../../ir/detection.ts';
import { inOrder } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import { readUnits } from './rules/collection.ts';
import type { Unit } from './rules/collection.ts';
import type { Placeholders } from './detection/context.ts';
import { readCorrelation } from './rules/correlation.ts';
import type { Correlation, Resolve } from './rules/correlation.ts';
import { applyFilters, readFilter } from './rules/filter.ts';
import { firstKey } from './detection/log-source.ts';
import { attempt, reportOn } from './report.ts';
import type { Report } from './report.ts';
import { namesOf, readRule } from './rules/rule.ts';
import type { Rule } from './rules/rule.ts';
import { entryAt, sameTree } from './yaml/map.ts';

export type { Placeholders } from './detection/context.ts';
export type { Unit } from './rules/collection.ts';

/** The detections of a set of files, and what is to be said about the files. */
export interface RuleSet {
  readonly detections: readonly Detection[];
  readonly diagnostics: readonly Diagnostic[];
  /** The trees that the detections were read from, copies included: what checks of the text itself look at. */
  readonly units: readonly Unit[];
}

/**
 * Reads Sigma: rules, collections with `action`, correlation rules and filter rules, each from any of the files, which
 * refer to one another by id or name.
 *
 * A document that can't be read is one error with its place, and is left out; the rest is read. A rule whose
 * placeholders have no values is read, and lists them. Rules that a correlation is made of are not reported by
 * themselves, unless it says `generate: true` (Sigma Correlation Rules Specification, "Generate").
 *
 *     readSigma([{ name: 'a.yml', text }]).detections[0].queries[0].where
 */
export function readSigma(
  sources: Iterable<Source>,
  { placeholders = {} }: { readonly placeholders?: Placeholders } = {},
): RuleSet {
  const diagnostics: Diagnostic[] = [];
  const reportOf = (unit: Unit): Report => reportOn(unit.source, diagnostics);
  const written = [...sources].flatMap((source) => readUnits(source, diagnostics));
  const units = withoutCopies(written, reportOf);
  const each = <T>(kind: Unit['kind'], read: (unit: Unit, report: Report) => T): T[] =>
    units.flatMap((unit) =>
      unit.kind === kind ? (attempt(diagnostics, () => read(unit, reportOf(unit))) ?? []) : [],
    ) as T[];

  const plain = each('rule', (unit, report) => readRule(unit, placeholders, report));
  const filters = each('filter', (unit, report) => readFilter(unit, placeholders, report));
  const rules = applyFilters(plain, filters, reportOf);
  const correlations = linked(rules, units, diagnostics, reportOf);
  const muted = mutedBy(correlations, reportOf);
  const position = new Map(units.map((unit, index) => [unit, index]));
  const all: Rule[] = [...rules, ...correlations];
  const detections = all
    .filter(({ unit }) => !muted.has(unit))
    .sort((a, b) => position.get(a.unit)! - position.get(b.unit)!)
    .map(({ detection }) => detection);
  return { detections, diagnostics: onceEach(inOrder(diagnostics)), units: written };
}

/** Leaves out documents that are there already, by id and content; the same id with another content is warned of. */
function withoutCopies(units: readonly Unit[], reportOf: (unit: Unit) => Report): Unit[] {
  const known = new Map<string, Unit>();
  return units.filter((unit) => {
    const id = entryAt(unit.roots[0]!, 'id');
    if (id?.value.kind !== 'scalar' || id.value.text.trim() === '') return true;
    const name = id.value.text.trim().toLowerCase();
    const first = known.get(name);
    if (!first) return known.set(name, unit);
    if (sameUnit(first, unit)) return false;
    reportOf(unit).warn(
      'sigma/duplicate-id',
      `the id is also that of ${first.name}, which says something else`,
      id.value.span,
      'both are kept; give one of them a new id',
    );
    return true;
  });
}

function sameUnit(a: Unit, b: Unit): boolean {
  return a.roots.length === b.roots.length && a.roots.every((root, index) => sameTree(root, b.roots[index]!));
}

/** Correlations of correlations: each level is one more pass over what the one below reports. */
const LONGEST_CHAIN = 20;

/** Reads the correlations, each after those that it refers to. */
function linked(
  rules: readonly Rule[],
  units: readonly Unit[],
  diagnostics: Diagnostic[],
  reportOf: (unit: Unit) => Report,
): Correlation[] {
  const waiting = units.filter(({ kind }) => kind === 'correlation');
  const done = new Map<Unit, Correlation | undefined>();
  const open = new Set<Unit>();
  const byName = new Map<string, (Rule | Unit)[]>();
  const call = (name: string, target: Rule | Unit) => byName.set(name, [...(byName.get(name) ?? []), target]);
  for (const rule of rules) for (const name of rule.calledBy) call(name, rule);
  for (const unit of waiting) for (const name of namesOf(unit, reportOf(unit))) call(name, unit);

  const read = (unit: Unit): Correlation | undefined => {
    if (done.has(unit)) return done.get(unit);
    open.add(unit);
    const result = attempt(diagnostics, () => readCorrelation(unit, resolver(unit), reportOf(unit)));
    open.delete(unit);
    done.set(unit, result);
    return result;
  };
  const resolver =
    (from: Unit): Resolve =>
    (name, span) => {
      const found = byName.get(name) ?? [];
      // Names are unique in a file at best: one of the same file is meant before one from elsewhere.
      const target = found.find((each) => unitOf(each).source === from.source) ?? found[0];
      const report = reportOf(from);
      if (target === undefined)
        return report.refuse('sigma/unknown-rule', `no rule read with this correlation is called '${name}'`, span);
      if ('detection' in target) return target;
      if (open.has(target))
        return report.refuse('sigma/correlation', `'${name}' refers back to this correlation`, span);
      if (open.size > LONGEST_CHAIN)
        return report.refuse('sigma/too-deep', `more than ${LONGEST_CHAIN} correlations refer to one another`, span);
      return read(target) ?? report.refuse('sigma/unknown-rule', `'${name}' could not be read`, span);
    };
  return waiting.flatMap((unit) => read(unit) ?? []);
}

function unitOf(target: Rule | Unit): Unit {
  return 'unit' in target ? target.unit : target;
}

/** The units that are only parts of correlations. One that lies in another file is named: its author may not know. */
function mutedBy(correlations: readonly Correlation[], reportOf: (unit: Unit) => Report): Set<Unit> {
  const muted = new Set<Unit>();
  const kept = new Set<Unit>();
  for (const { refersTo, generate, unit, detection } of correlations)
    for (const rule of refersTo) {
      (generate ? kept : muted).add(rule.unit);
      if (!generate && rule.unit.source !== unit.source)
        reportOf(rule.unit).note(
          'sigma/part-of-correlation',
          `this rule is reported only as a part of '${detection.title}'`,
          firstKey(rule.unit.roots[0]!),
          "write 'generate: true' into the correlation to have both",
        );
    }
  for (const unit of kept) muted.delete(unit);
  return muted;
}

/** Documents of a collection share their global part, and what is said about it. */
function onceEach(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const said = new Set<string>();
  return diagnostics.filter(({ code, message, source, span }) => {
    const key = `${source.name}\u0000${code}\u0000${span.start}\u0000${message}`;
    return !said.has(key) && said.add(key);
  });
}
