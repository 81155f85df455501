import type { Predicate } from '../../ir/predicate.ts';
import { mapAtoms } from '../../ir/predicate.ts';
import type { Change, PlainValue } from '../../schema/pipeline.ts';
import { readSelection } from '../sigma/detection/selection.ts';
import { reportOn } from '../sigma/report.ts';
import { readScalar } from '../sigma/yaml/scalar.ts';
import type { Entry, Node } from '../sigma/yaml/tree.ts';
import { searchRegexAt } from './regex.ts';
import { booleanAt, fail, mapAt, textAt, textsAt, valueAt, wordAt } from './report.ts';
import type { Report } from './report.ts';

/** The parameters of a step, by name. */
type Given = (name: string) => Node | undefined;

/** How the parameters of one type of transformation are read. `note` says what of it is not carried out. */
interface Reader {
  readonly parameters: readonly string[];
  read(given: Given, type: Node, report: Report): { readonly change: Change; readonly note?: string };
}

function needed(given: Given, name: string, type: Node, report: Report): Node {
  return given(name) ?? fail(report, type, 'missing-key', `the step needs '${name}'`);
}

function reader(parameters: readonly string[], read: (given: Given, type: Node, report: Report) => Change): Reader {
  return { parameters, read: (given, type, report) => ({ change: read(given, type, report) }) };
}

function flag(given: Given, name: string, report: Report): boolean {
  const node = given(name);
  return node !== undefined && booleanAt(node, name, report);
}

function text(given: Given, name: string, type: Node, report: Report): string {
  return textAt(needed(given, name, type, report), name, report);
}

function tableOf(node: Node, report: Report): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    mapAt(node, "'mapping'", report).entries.map(({ key, value }) => [key.text, fewTexts(value, report)]),
  );
}

/** Names or values that one may become. */
const MOST_NAMES = 1000;

function fewTexts(node: Node, report: Report): readonly string[] {
  const texts = textsAt(node, 'a name', report);
  return texts.length <= MOST_NAMES
    ? texts
    : fail(report, node, 'too-many', `one name stands for at most ${MOST_NAMES}`);
}

/** A map of names to names; the key null stands for keywords. */
function renaming(given: Given, type: Node, report: Report): Change {
  const { entries, ...map } = mapAt(needed(given, 'mapping', type, report), "'mapping'", report);
  const isKeyword = ({ key }: Entry) => readScalar(key).kind === 'null';
  const keywords = entries.find(isKeyword);
  return {
    kind: 'rename',
    names: tableOf({ ...map, entries: entries.filter((entry) => !isKeyword(entry)) }, report),
    keywords: keywords ? fewTexts(keywords.value, report) : null,
  };
}

/** `conditions` is a selection of Sigma: names with modifiers, and values. */
function addition(given: Given, type: Node, report: Report): Change {
  const map = mapAt(needed(given, 'conditions', type, report), "'conditions'", report);
  const context = {
    report: reportOn(report.source, report.into),
    title: 'the pipeline',
    placeholders: {},
    unresolved: new Set<string>(),
    origins: [],
    documentAt: () => 0,
  };
  if (map.entries.length === 0) fail(report, map, 'shape', "'conditions' is empty");
  const items = map.entries.map((entry) => {
    const key = { ...entry.key, text: 'conditions' };
    return withoutOrigins(readSelection({ key, value: { ...map, entries: [entry] } }, context).where);
  });
  return { kind: 'add', items, negated: flag(given, 'negated', report), template: flag(given, 'template', report) };
}

/** The places of a pipeline's own text would be taken for places of the rule. */
function withoutOrigins(node: Predicate): Predicate {
  const { origin: _, ...bare } = node;
  if (bare.kind === 'all' || bare.kind === 'any') return { ...bare, of: bare.of.map(withoutOrigins) };
  return bare.kind === 'not' ? { ...bare, of: withoutOrigins(bare.of) } : mapAtoms(bare, (atom) => atom);
}

function setting(given: Given, type: Node, report: Report): Change {
  const value = valueAt(needed(given, 'value', type, report), 'value', report);
  const force = given('force_type');
  if (!force) return { kind: 'set', value };
  return { kind: 'set', value: forced(value, wordAt(force, 'force_type', ['str', 'num'], report), force, report) };
}

function forced(value: PlainValue, to: 'str' | 'num', node: Node, report: Report): PlainValue {
  if (value === null) return fail(report, node, 'shape', "'force_type' needs a text or a number");
  if (to === 'str') return String(value);
  const number = Number(value);
  return Number.isFinite(number) ? number : fail(report, node, 'shape', `'${value}' is no number`);
}

function filling(by: 'variables' | 'anything'): Reader {
  return reader(['include', 'exclude'], (given, _, report) => {
    const [include, exclude] = [given('include'), given('exclude')];
    if (include && exclude) fail(report, exclude, 'shape', "'include' and 'exclude' exclude each other");
    return {
      kind: 'fill',
      by,
      include: include ? textsAt(include, 'a name', report) : null,
      exclude: exclude ? textsAt(exclude, 'a name', report) : [],
    };
  });
}

function spelling(given: Given, type: Node, report: Report): Change {
  const names = given('mapping');
  if (flag(given, 'apply_keyword', report))
    fail(report, given('apply_keyword')!, 'unknown-parameter', "'apply_keyword' is not carried out here");
  const as = wordAt(
    needed(given, 'transform_func', type, report),
    'transform_func',
    ['lower', 'upper', 'snake_case'],
    report,
  );
  return { kind: 'spell', as, names: names ? tableOf(names, report) : {} };
}

function prefixes(given: Given, type: Node, report: Report): Change {
  return { kind: 'rename-prefix', prefixes: Object.entries(tableOf(needed(given, 'mapping', type, report), report)) };
}

/** A step that changes the list of fields that a rule wants to be shown. */
function shownFields(parameter: string): Reader {
  return {
    parameters: [parameter],
    read: () => ({
      change: { kind: 'nothing' },
      note: 'this changes which fields are shown, not which events are found: it is not carried out',
    }),
  };
}

/** A step that nobody here carries out. */
function leftOut(parameters: readonly string[], touches: 'rules' | 'placeholders', why: string): Reader {
  return {
    parameters,
    read: () => ({
      change: { kind: 'unknown', touches, why: `the pipeline's step was left out: ${why}` },
      note: `the step is left out: ${why}`,
    }),
  };
}

const external = [
  'include',
  'exclude',
  'format',
  'filter',
  'csv_column',
  'csv_has_header',
  'jq_expression',
  'path',
  'url',
  'method',
  'headers',
  'body',
  'timeout',
  'command',
  'max_response_bytes',
  'verify_ssl',
  'auth',
];

/** Every transformation that is known, by pySigma's name for it; `nest` is read with the steps. */
export const changes: Readonly<Record<string, Reader>> = {
  field_name_mapping: reader(['mapping'], renaming),
  field_name_prefix_mapping: reader(['mapping'], prefixes),
  field_name_prefix: reader(['prefix'], (given, type, report) => ({
    kind: 'affix',
    before: text(given, 'prefix', type, report),
    after: '',
  })),
  field_name_suffix: reader(['suffix'], (given, type, report) => ({
    kind: 'affix',
    before: '',
    after: text(given, 'suffix', type, report),
  })),
  field_name_transform: reader(['transform_func', 'mapping', 'apply_keyword'], spelling),
  drop_detection_item: reader([], () => ({ kind: 'drop' })),
  add_condition: reader(['conditions', 'name', 'template', 'negated'], addition),
  change_logsource: reader(['category', 'product', 'service'], (given, _, report) => {
    const words = (['category', 'product', 'service'] as const).flatMap((name) => {
      const node = given(name);
      return node && readScalarIsGiven(node) ? [[name, textAt(node, name, report)] as const] : [];
    });
    return { kind: 'logsource', logsource: Object.fromEntries(words) };
  }),
  replace_string: reader(['regex', 'replacement', 'skip_special', 'interpret_special'], (given, type, report) => ({
    kind: 'replace',
    regex: searchRegexAt(needed(given, 'regex', type, report), report),
    by: text(given, 'replacement', type, report),
    literal: flag(given, 'skip_special', report),
    wildcards: flag(given, 'interpret_special', report),
  })),
  map_string: reader(['mapping'], (given, type, report) => ({
    kind: 'map',
    values: tableOf(needed(given, 'mapping', type, report), report),
  })),
  set_value: reader(['value', 'force_type'], setting),
  convert_type: reader(['target_type'], (given, type, report) => ({
    kind: 'convert',
    to:
      wordAt(needed(given, 'target_type', type, report), 'target_type', ['str', 'num'], report) === 'str'
        ? 'text'
        : 'number',
  })),
  case: reader(['method'], (given, _, report) => {
    const method = given('method');
    return { kind: 'case', to: method ? wordAt(method, 'method', ['lower', 'upper'], report) : 'lower' };
  }),
  regex: reader(['method'], (given, _, report) => {
    const method = given('method');
    const words = ['plain', 'ignore_case_flag', 'ignore_case_brackets'] as const;
    return { kind: 'regex', cased: method !== undefined && wordAt(method, 'method', words, report) === 'plain' };
  }),
  hashes_fields: reader(
    ['valid_hash_algos', 'field_prefix', 'drop_algo_prefix', 'field_to_parse'],
    (given, type, report) => {
      const [prefix, fields] = [given('field_prefix'), given('field_to_parse')];
      return {
        kind: 'hashes',
        algorithms: textsAt(needed(given, 'valid_hash_algos', type, report), 'an algorithm', report),
        prefix: prefix ? textAt(prefix, 'field_prefix', report) : '',
        bare: flag(given, 'drop_algo_prefix', report),
        fields: fields ? textsAt(fields, 'a name', report) : ['Hashes', 'Hash'],
      };
    },
  ),
  value_placeholders: filling('variables'),
  wildcard_placeholders: filling('anything'),
  query_expression_placeholders: leftOut(
    ['expression', 'mapping', 'include', 'exclude'],
    'placeholders',
    'a placeholder can not become an expression of the query language',
  ),
  file_placeholders: leftOut(external, 'placeholders', 'no values are fetched from files'),
  http_placeholders: leftOut(external, 'placeholders', 'no values are fetched from the network'),
  command_placeholders: leftOut(external, 'placeholders', 'no commands are run'),
  extract_fields: leftOut(['regex', 'field_prefix', 'preserve_unmatched'], 'rules', 'values are not cut into fields'),
  rule_failure: reader(['message'], (given, type, report) => ({
    kind: 'fail',
    of: 'rule',
    message: text(given, 'message', type, report),
  })),
  detection_item_failure: reader(['message'], (given, type, report) => ({
    kind: 'fail',
    of: 'item',
    message: text(given, 'message', type, report),
  })),
  strict_field_mapping_failure: reader([], () => ({ kind: 'strict' })),
  set_state: reader(['key', 'val'], (given, type, report) => ({
    kind: 'state',
    key: text(given, 'key', type, report),
    value: valueAt(needed(given, 'val', type, report), 'val', report),
  })),
  set_custom_attribute: reader(['attribute', 'value'], (given, type, report) => ({
    kind: 'attribute',
    key: text(given, 'attribute', type, report),
    value: valueAt(needed(given, 'value', type, report), 'value', report),
  })),
  add_field: shownFields('field'),
  remove_field: shownFields('field'),
  set_field: shownFields('fields'),
};

function readScalarIsGiven(node: Node): boolean {
  return node.kind !== 'scalar' || readScalar(node).kind !== 'null';
}
