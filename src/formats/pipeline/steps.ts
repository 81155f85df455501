import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Change, Condition, PipelineStep } from '../../schema/pipeline.ts';
import type { Entry, Node } from '../sigma/yaml/tree.ts';
import { changes } from './changes.ts';
import {
  conditionKeys,
  itemConditions,
  itemKeys,
  nameConditions,
  nameKeys,
  readConditions,
  ruleConditions,
  ruleKeys,
} from './conditions.ts';
import { fail, hintFor, keysOf, listAt, mapAt, textAt, warn } from './report.ts';
import type { Report } from './report.ts';

/** Steps within steps. */
const DEEPEST = 10;
const MOST_STEPS = 5000;

/** Reads the list of steps; `before` stands in front of their numbers: `3.` for those inside the third. */
export function readSteps(list: Node, before: string, depth: number, report: Report): PipelineStep[] {
  if (depth > DEEPEST) fail(report, list, 'too-deep', `steps are nested more than ${DEEPEST} levels deep`);
  if (list.kind === 'list' && list.items.length > MOST_STEPS)
    fail(report, list, 'too-many', `a pipeline has at most ${MOST_STEPS} steps`);
  return listAt(list, 'steps', report).map((node, index) => readStep(node, `${before}${index + 1}`, depth, report));
}

const unconditional: Condition<never> = { kind: 'all', of: [] };

/** Faults that concern what we don't know, not what is wrong: the step is named and left out, the rest is read. */
const unsupported: ReadonlySet<string> = new Set([
  'pipeline/unknown-type',
  'pipeline/unknown-condition',
  'pipeline/unknown-parameter',
]);

function readStep(node: Node, number: string, depth: number, report: Report): PipelineStep {
  const map = mapAt(node, 'a step', report);
  const given = keysOf(map);
  const type = given.get('type');
  if (!type) return fail(report, node, 'no-type', "a step needs a 'type'", 'type: field_name_mapping');
  const name = textAt(type.value, 'a type', report);
  const id = given.get('id');
  const step = { id: id ? textAt(id.value, 'an id', report) : null, label: `step ${number}, ${name}` };
  try {
    return {
      ...step,
      rules: readConditions(given, ruleKeys, ruleConditions, report),
      items: readConditions(given, itemKeys, itemConditions, report),
      names: readConditions(given, nameKeys, nameConditions, report),
      change: readChange(name, type, given, number, depth, report),
    };
  } catch (fault) {
    if (!(fault instanceof SyntaxFault) || !unsupported.has(fault.diagnostic.code)) throw fault;
    report.into.push({
      ...fault.diagnostic,
      severity: 'warning',
      message: `${fault.diagnostic.message}; the step is left out, and no query of this pipeline counts as exact`,
    });
    const change: Change = {
      kind: 'unknown',
      why: `the pipeline's ${step.label} is not known here and was left out`,
      touches: 'rules',
    };
    return { ...step, rules: unconditional, items: unconditional, names: unconditional, change };
  }
}

function readChange(
  name: string,
  type: Entry,
  given: ReadonlyMap<string, Entry>,
  number: string,
  depth: number,
  report: Report,
): Change {
  if (name === 'nest') {
    checkParameters(name, ['items'], given, report);
    const items = given.get('items') ?? fail(report, type.value, 'missing-key', "'nest' needs 'items'");
    return { kind: 'nest', steps: readSteps(items.value, `${number}.`, depth + 1, report) };
  }
  const found = Object.hasOwn(changes, name) ? changes[name] : undefined;
  if (!found)
    return fail(
      report,
      type.value,
      'unknown-type',
      `no transformation '${name}' is known here`,
      hintFor(name, [...Object.keys(changes), 'nest']),
    );
  checkParameters(name, found.parameters, given, report);
  const { change, note } = found.read((key) => given.get(key)?.value, type.value, report);
  if (note !== undefined) warn(report, type.value, 'not-applied', note);
  return change;
}

function checkParameters(
  name: string,
  known: readonly string[],
  given: ReadonlyMap<string, Entry>,
  report: Report,
): void {
  for (const { key } of given.values())
    if (key.text !== 'id' && key.text !== 'type' && !conditionKeys.includes(key.text) && !known.includes(key.text))
      fail(
        report,
        key,
        'unknown-parameter',
        `'${name}' has no '${key.text}' that is known here`,
        known.length > 0 ? hintFor(key.text, known) : undefined,
      );
}
