import { sameTree } from '../formats/sigma/yaml/map.ts';
import type { Unit } from '../formats/sigma/read.ts';
import { checkDates } from './conventions/dates.ts';
import { checkFalsePositives } from './conventions/false-positives.ts';
import { checkFields, checkWildcards } from './conventions/fields.ts';
import { checkFileName } from './conventions/file-name.ts';
import { checkId, checkLicence, checkRelated } from './conventions/identity.ts';
import { checkReferences } from './conventions/references.ts';
import { say, startOf, textsAt } from './conventions/rule-text.ts';
import type { Finding, RuleText } from './conventions/rule-text.ts';
import { checkTags } from './conventions/tags.ts';
import { checkDescription, checkTitle } from './conventions/title.ts';
import { checkAuthor, checkWords } from './conventions/words.ts';

export type { Edit, Finding, RuleText } from './conventions/rule-text.ts';

/** Looks at the text of one rule. What it says depends on nothing else. */
export type Validator = (rule: RuleText) => Finding[];

/** All validators, in the order in which SigmaHQ's rules have their keys. */
export const validators: readonly Validator[] = Object.freeze([
  checkFileName,
  checkTitle,
  checkId,
  checkRelated,
  checkWords,
  checkDescription,
  checkLicence,
  checkReferences,
  checkAuthor,
  checkDates,
  checkTags,
  checkFields,
  checkWildcards,
  checkFalsePositives,
]);

/**
 * Checks rules against the conventions of the specification and of SigmaHQ, from the trees that `readSigma` has made.
 * Documents of a collection share their global part; what is said about it is said once.
 */
export function checkConventions(units: readonly Unit[]): Finding[] {
  const found = units.flatMap(({ kind, roots, source }) =>
    roots.flatMap((root) => validators.flatMap((check) => check({ kind, root, source }))),
  );
  return onceEach([...found, ...checkCopies(units)]);
}

/** Rules that are there already, letter by letter: the reader takes the first and is silent about the others. */
function checkCopies(units: readonly Unit[]): Finding[] {
  const first = new Map<string, Unit>();
  return units.flatMap((unit) => {
    const rule = { kind: unit.kind, root: unit.roots[0]!, source: unit.source };
    const [node] = textsAt(rule, 'id');
    if (node === undefined) return [];
    const id = node.text.trim().toLowerCase();
    const earlier = first.get(id);
    if (!earlier) first.set(id, unit);
    if (!earlier || !sameRoots(earlier, unit)) return [];
    const message = `this rule is a copy of ${earlier.name}`;
    return [say(rule, 'warning', 'copy', { message, span: startOf(rule), hint: 'delete one of them' })];
  });
}

function sameRoots({ roots: a }: Unit, { roots: b }: Unit): boolean {
  return a.length === b.length && a.every((root, index) => sameTree(root, b[index]!));
}

function onceEach(findings: readonly Finding[]): Finding[] {
  const said = new Set<string>();
  return findings.filter(({ code, message, source, span }) => {
    const key = `${source.name}\u0000${code}\u0000${span.start}\u0000${message}`;
    return !said.has(key) && said.add(key);
  });
}
