import type {
  Condition,
  ItemCondition,
  NameCondition,
  Relation,
  RuleCondition,
  StateCondition,
} from '../../schema/pipeline.ts';
import type { Entry, MapNode, Node } from '../sigma/yaml/tree.ts';
import { readExpression } from './expression.ts';
import { startRegexAt } from './regex.ts';
import { booleanAt, fail, hintFor, keysOf, listAt, mapAt, textAt, textsAt, valueAt, wordAt } from './report.ts';
import type { Report } from './report.ts';

/** The keys of a step that belong to one kind of condition. */
export interface ConditionKeys {
  readonly conditions: string;
  readonly operator: string;
  readonly negation: string;
  readonly expression: string;
}

const keysFor = (word: string): ConditionKeys => ({
  conditions: `${word}_conditions`,
  operator: `${word}_cond_op`,
  negation: `${word}_cond_not`,
  expression: `${word}_cond_expr`,
});

export const ruleKeys = keysFor('rule');
export const itemKeys = keysFor('detection_item');
export const nameKeys = keysFor('field_name');

/** Keys of a step that say when it is taken. */
export const conditionKeys: readonly string[] = [ruleKeys, itemKeys, nameKeys].flatMap(
  (keys) => Object.values(keys) as string[],
);

type Given = ReadonlyMap<string, Entry>;
type ReadOne<C> = (given: Given, node: MapNode, report: Report) => C;

/**
 * Reads the conditions of one kind: a list, or a map of named ones, joined by an operator or an expression. `null` for a
 * type of condition that is not known; then nobody can say when the step is meant.
 */
export function readConditions<C>(
  step: Given,
  keys: ConditionKeys,
  types: Readonly<Record<string, ReadOne<C>>>,
  report: Report,
): Condition<C> {
  const entry = step.get(keys.conditions);
  const named = new Map(
    (entry ? membersOf(entry, report) : []).map(([name, node]) => [name, readOne(node, types, report)]),
  );
  const expression = step.get(keys.expression);
  const operator = step.get(keys.operator);
  if (expression && operator)
    fail(report, expression.key, 'expression', `'${keys.expression}' and '${keys.operator}' exclude each other`);
  if (expression && entry?.value.kind !== 'map')
    fail(
      report,
      expression.key,
      'expression',
      `'${keys.expression}' needs named conditions: '${keys.conditions}' as a map`,
    );
  const joined: Condition<C> = expression
    ? readExpression(textAt(expression.value, 'an expression', report), expression.value, named, report)
    : {
        kind: operator && wordAt(operator.value, keys.operator, ['and', 'or'], report) === 'or' ? 'any' : 'all',
        of: [...named.values()],
      };
  const negation = step.get(keys.negation);
  if (!negation || !booleanAt(negation.value, keys.negation, report)) return unlessEmpty(joined, keys);
  return unlessEmpty<C>({ kind: 'not', of: joined }, keys);
}

/** A step without conditions on rules is for every rule, whatever the operator; the other kinds have no such exception. */
function unlessEmpty<C>(condition: Condition<C>, keys: ConditionKeys): Condition<C> {
  const inner = condition.kind === 'not' ? condition.of : condition;
  const isEmpty = (inner.kind === 'all' || inner.kind === 'any') && inner.of.length === 0;
  return isEmpty && keys === ruleKeys ? { kind: 'all', of: [] } : condition;
}

function membersOf({ key, value }: Entry, report: Report): (readonly [string, Node])[] {
  if (value.kind === 'map') return value.entries.map((entry) => [entry.key.text, entry.value] as const);
  if (value.kind === 'list') return value.items.map((item, index) => [String(index + 1), item] as const);
  return fail(report, value, 'shape', `'${key.text}' is a list, or a map of named conditions`);
}

function readOne<C>(node: Node, types: Readonly<Record<string, ReadOne<C>>>, report: Report): Condition<C> {
  const map = mapAt(node, 'a condition', report);
  const given = keysOf(map);
  const type = given.get('type');
  if (!type)
    return fail(report, node, 'no-type', "a condition needs a 'type'", `known are ${Object.keys(types).join(', ')}`);
  const name = textAt(type.value, 'a type', report);
  const read = Object.hasOwn(types, name) ? types[name] : undefined;
  if (!read)
    return fail(
      report,
      type.value,
      'unknown-condition',
      `no condition of the type '${name}' is known here`,
      hintFor(name, Object.keys(types)),
    );
  return { kind: 'is', of: read(given, map, report) };
}

/** The value of a key that a condition must have; `known` are all that it may have. */
function part(given: Given, name: string, node: Node, known: readonly string[], report: Report): Node {
  const strange = [...given.values()].find(({ key }) => key.text !== 'type' && !known.includes(key.text));
  if (strange)
    fail(
      report,
      strange.key,
      'unknown-key',
      `the condition has no '${strange.key.text}'`,
      hintFor(strange.key.text, known),
    );
  return given.get(name)?.value ?? fail(report, node, 'missing-key', `the condition needs '${name}'`);
}

const relations = ['eq', 'ne', 'gte', 'gt', 'lte', 'lt'] as const;

function state(given: Given, node: MapNode, report: Report): StateCondition {
  const known = ['key', 'val', 'op'];
  const relation = given.get('op');
  return {
    kind: 'state',
    key: textAt(part(given, 'key', node, known, report), 'key', report),
    value: valueAt(part(given, 'val', node, known, report), 'val', report),
    relation: relation ? wordAt(relation.value, 'op', relations, report) : 'eq',
  };
}

function applied(given: Given, node: MapNode, report: Report): { readonly kind: 'applied'; readonly id: string } {
  const id = part(given, 'processing_item_id', node, ['processing_item_id'], report);
  return { kind: 'applied', id: textAt(id, 'processing_item_id', report) };
}

/** Conditions on rules, by pySigma's names for them. */
export const ruleConditions: Readonly<Record<string, ReadOne<RuleCondition>>> = {
  logsource: (given, node, report) => {
    const known = ['category', 'product', 'service'] as const;
    const words = known.filter((name) => given.has(name));
    if (words.length === 0) part(given, 'category', node, known, report);
    const wanted = words.map((name) => [name, textAt(part(given, name, node, known, report), name, report)]);
    return { kind: 'logsource', wanted: Object.fromEntries(wanted) as { product?: string } };
  },
  contains_detection_item: (given, node, report) => {
    const known = ['field', 'value'];
    return {
      kind: 'contains-item',
      field: textAt(part(given, 'field', node, known, report), 'field', report),
      value: valueAt(part(given, 'value', node, known, report), 'value', report),
    };
  },
  contains_field: (given, node, report) => ({
    kind: 'contains-field',
    field: textAt(part(given, 'field', node, ['field'], report), 'field', report),
  }),
  processing_item_applied: applied,
  processing_state: state,
  is_sigma_rule: () => ({ kind: 'is-rule' }),
  is_sigma_correlation_rule: () => ({ kind: 'is-correlation' }),
  rule_attribute: (given, node, report) => {
    const known = ['attribute', 'value', 'op'];
    const value = valueAt(part(given, 'value', node, known, report), 'value', report);
    const relation = given.get('op');
    const words: readonly Relation[] = [...relations, 'in', 'not_in'];
    return {
      kind: 'attribute',
      attribute: textAt(part(given, 'attribute', node, known, report), 'attribute', report),
      value: typeof value === 'number' ? value : String(value),
      relation: relation ? wordAt(relation.value, 'op', words, report) : 'eq',
    };
  },
  tag: (given, node, report) => ({
    kind: 'tag',
    tag: textAt(part(given, 'tag', node, ['tag'], report), 'tag', report),
  }),
};

function every(given: Given, node: MapNode, known: readonly string[], report: Report): boolean {
  return wordAt(part(given, 'cond', node, known, report), 'cond', ['any', 'all'], report) === 'all';
}

/** Conditions on items, by pySigma's names for them. */
export const itemConditions: Readonly<Record<string, ReadOne<ItemCondition>>> = {
  match_string: (given, node, report) => {
    const known = ['cond', 'pattern', 'negate'];
    const negate = given.get('negate');
    return {
      kind: 'match-text',
      every: every(given, node, known, report),
      regex: startRegexAt(part(given, 'pattern', node, known, report), report),
      negated: negate !== undefined && booleanAt(negate.value, 'negate', report),
    };
  },
  match_value: (given, node, report) => {
    const known = ['cond', 'value'];
    return {
      kind: 'match-value',
      every: every(given, node, known, report),
      value: valueAt(part(given, 'value', node, known, report), 'value', report),
    };
  },
  contains_wildcard: (given, node, report) => ({ kind: 'has-wildcard', every: every(given, node, ['cond'], report) }),
  is_null: (given, node, report) => ({ kind: 'is-null', every: every(given, node, ['cond'], report) }),
  processing_item_applied: applied,
  processing_state: state,
};

function fieldList(listed: 'listed' | 'not-listed', fits: 'fits' | 'fits-not'): ReadOne<NameCondition> {
  const known = ['fields', 'mode'];
  return (given, node, report) => {
    const fields = part(given, 'fields', node, known, report);
    const mode = given.get('mode');
    if (!mode || wordAt(mode.value, 'mode', ['plain', 're'], report) === 'plain')
      return { kind: listed, names: textsAt(fields, 'a name of a field', report) };
    const items = fields.kind === 'list' ? listAt(fields, 'fields', report) : [fields];
    return { kind: fits, regexes: items.map((item) => startRegexAt(item, report)) };
  };
}

/** Conditions on names of fields, by pySigma's names for them. */
export const nameConditions: Readonly<Record<string, ReadOne<NameCondition>>> = {
  include_fields: fieldList('listed', 'fits'),
  exclude_fields: fieldList('not-listed', 'fits-not'),
  processing_item_applied: applied,
  processing_state: state,
};
