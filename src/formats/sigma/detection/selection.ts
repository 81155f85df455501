import { all, any, not } from '../../../ir/predicate.ts';
import type { Predicate } from '../../../ir/predicate.ts';
import { anything } from '../../../ir/pattern.ts';
import { trace } from './context.ts';
import type { Context } from './context.ts';
import { readKey } from './key.ts';
import type { Key } from './key.ts';
import { readScalar } from '../yaml/scalar.ts';
import { testOf } from './value.ts';
import { elementsOf } from '../yaml/map.ts';
import type { Entry, Node, ScalarNode } from '../yaml/tree.ts';

/** A named part of a detection. `parts` are the elements of one that is written as a list. */
export interface Selection {
  readonly name: string;
  readonly node: ScalarNode;
  readonly where: Predicate;
  readonly parts: readonly Predicate[] | null;
}

/** Levels of lists in lists of a selection. */
const DEEPEST = 10;

/**
 * Reads a selection: a map is `all` of its items, a list is `any` of its elements, and a text by itself or in a list is
 * a keyword (Sigma Rules Specification, "Lists", "Maps", "Keywords search").
 */
export function readSelection({ key, value }: Entry, context: Context): Selection {
  const name = key.text;
  const origin = trace(context, name, key.span);
  if (value.kind !== 'list')
    return { name, node: key, where: withOrigin(read(value, name, context, 0), origin), parts: null };
  const parts = readList(value.items, name, value, context, 0);
  return { name, node: key, where: withOrigin(any(parts), origin), parts };
}

/** A node without a place of its own gets the selection's. */
function withOrigin(where: Predicate, origin: number): Predicate {
  return where.origin === undefined ? { ...where, origin } : where;
}

function read(node: Node, name: string, context: Context, depth: number): Predicate {
  const { report } = context;
  if (depth > DEEPEST)
    report.refuse('sigma/too-deep', `'${name}' has lists in lists more than ${DEEPEST} deep`, node.span);
  switch (node.kind) {
    case 'map':
      if (node.entries.length === 0) report.refuse('sigma/empty-selection', `'${name}' is empty`, node.span);
      return all(node.entries.map((entry) => readItem(entry, name, context)));
    case 'list':
      return any(readList(node.items, name, node, context, depth + 1));
    case 'scalar':
      if (readScalar(node).kind === 'null') report.refuse('sigma/empty-selection', `'${name}' is empty`, node.span);
      return testOf(node, keywordKey(node), context, trace(context, name, node.span));
  }
}

function readList(items: readonly Node[], name: string, list: Node, context: Context, depth: number): Predicate[] {
  if (items.length === 0) context.report.refuse('sigma/empty-selection', `'${name}' is an empty list`, list.span);
  return items.map((item) => read(item, name, context, depth));
}

/** The key that a bare text in a list stands under. */
function keywordKey(node: ScalarNode): Key {
  return {
    field: null,
    test: { kind: 'text' },
    steps: [],
    expand: false,
    cased: false,
    all: false,
    negated: false,
    node: { ...node, text: '' },
  };
}

/** Reads `Field|modifiers: value` or a list of values. */
function readItem(entry: Entry, name: string, context: Context): Predicate {
  const { report } = context;
  const key = readKey(entry.key, report);
  const origin = trace(context, name, entry.key.span);
  const values = elementsOf(entry.value).map((value): ScalarNode => {
    if (value.kind === 'scalar') return value;
    const hint = value.kind === 'map' ? 'write the name of a nested field with dots: process.name' : undefined;
    return report.refuse('sigma/value', `'${entry.key.text}' takes a value or a list of values`, value.span, hint);
  });
  if (values.length === 0)
    report.refuse('sigma/value', `'${entry.key.text}' has an empty list, which no event meets`, entry.value.span);
  warnOfList(values, key, context);
  const tests = values.map((value) => testOf(value, key, context, trace(context, name, value.span)));
  const linked = key.all ? all(tests) : any(tests);
  if (!key.negated) return linked === tests[0] ? linked : { ...linked, origin };
  return { ...differs(linked, key, context, values), origin };
}

/** `neq` asks for a value, and that it is none of these: without one there is nothing that could differ. */
function differs(linked: Predicate, key: Key, { report }: Context, values: readonly ScalarNode[]): Predicate {
  const has = (field: string): Predicate => ({ kind: 'like', field, pattern: anything, cased: false });
  const others = key.test.kind === 'fieldref' ? values.map(({ text }) => has(text)) : [];
  if (key.field === null) return report.refuse('sigma/no-field', "'neq' needs the name of a field", key.node.span);
  return all([has(key.field), ...others, not(linked)]);
}

function warnOfList(values: readonly ScalarNode[], key: Key, { report }: Context): void {
  if (key.all && values.length === 1)
    report.warn('sigma/all-of-one', "'all' has no meaning with a single value", key.node.span, "remove 'all'");
  if (values.length < 2) return;
  for (const value of values)
    if (readScalar(value).kind === 'null' && key.steps.length === 0)
      report.warn(
        'sigma/null-in-list',
        'null may not stand in a list of values; it is read as one more alternative',
        value.span,
        'give it a selection of its own',
      );
}
