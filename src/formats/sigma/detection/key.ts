import type { Order, SameAs, TimePart } from '../../../ir/predicate.ts';
import type { RegexFlags } from '../../../ir/regex/tree.ts';
import type { Coding } from './encodings.ts';
import { company, modifiers, reasons, synonyms } from './modifiers.ts';
import type { Modifier, Role, TestKind, Wrap } from './modifiers.ts';
import { didYouMean } from '../nearest.ts';
import type { Report } from '../report.ts';
import type { Span } from '../../../text/source.ts';
import { placesIn } from '../yaml/place.ts';
import type { ScalarNode } from '../yaml/tree.ts';

/** How the values of an item are tested, with what the modifiers say about it. */
export type Test =
  | { readonly kind: 'text' }
  | { readonly kind: 'regex'; readonly flags: RegexFlags }
  | { readonly kind: 'cidr' }
  | { readonly kind: 'exists' }
  | { readonly kind: 'fieldref'; readonly relation: SameAs['relation'] }
  | { readonly kind: 'compare'; readonly part: 'number' | TimePart; readonly order: Order };

/** A change to the text of a value, in the order written. */
export type Step =
  | { readonly kind: 'wrap'; readonly wrap: Wrap }
  | { readonly kind: 'coding'; readonly coding: Coding }
  | { readonly kind: 'encode'; readonly encode: 'base64' | 'base64offset'; readonly coding: Coding }
  | { readonly kind: 'windash' };

/** A key such as `CommandLine|contains|all`, read. `field` null: the whole event is searched. */
export interface Key {
  readonly field: string | null;
  readonly test: Test;
  readonly steps: readonly Step[];
  readonly expand: boolean;
  readonly cased: boolean;
  readonly all: boolean;
  readonly negated: boolean;
  readonly node: ScalarNode;
}

interface Written {
  readonly name: string;
  readonly modifier: Modifier;
  readonly at: number;
}

/** Reads the key of an item: a field's name and its modifiers. Refuses what is unknown or makes no sense together. */
export function readKey(node: ScalarNode, report: Report): Key {
  const [name = '', ...names] = node.text.split('|');
  const spanOf: SpanOf = ({ at, name: written }) =>
    placesIn(report.source, node)({ start: at, end: at + written.length });
  let at = name.length + 1;
  const written = names.map((each): Written => {
    const modifier = Object.hasOwn(modifiers, each) ? modifiers[each] : undefined;
    const place = { name: each, at };
    at += each.length + 1;
    if (modifier) return { ...place, modifier };
    const synonym = Object.hasOwn(synonyms, each) ? `Sigma has ${synonyms[each]} for this` : undefined;
    const hint = synonym ?? didYouMean(each, Object.keys(modifiers));
    return report.refuse('sigma/unknown-modifier', `there is no modifier '${each}'`, spanOf(place), hint);
  });
  const field = name.trim();
  if (field !== name)
    report.warn('sigma/field-blanks', `the blanks around '${field}' are no part of the name`, node.span);
  const kind = testKind(written);
  for (const [index, each] of written.entries()) {
    const test = testOfRole(each.modifier);
    if (test === kind || company[kind].includes(each.modifier.role)) {
      if (each.modifier.role === 'flag' && !written.slice(0, index).some(({ name }) => name === 're'))
        report.refuse('sigma/modifier-conflict', `'${each.name}' must follow 're'`, spanOf(each), 'write re|i');
      continue;
    }
    const partner =
      kind === 'text' ? 'a text' : `'${written.find(({ modifier }) => testOfRole(modifier) === kind)!.name}'`;
    const reason = reasons[`${kind} ${each.modifier.role}`];
    report.refuse('sigma/modifier-conflict', `'${each.name}' can't be combined with ${partner}`, spanOf(each), reason);
  }
  warnOfWaste(written, report, spanOf);
  const key = { ...planOf(written, kind), field: field === '' ? null : field, node };
  if (key.field === null) refuseWithoutField(key, written, report);
  return key;
}

/** The test that a modifier asks for by itself. */
function testOfRole(modifier: Modifier | undefined): TestKind | undefined {
  if (modifier?.role === 'test') return modifier.test;
  return modifier?.role === 'order' || modifier?.role === 'part' ? 'compare' : undefined;
}

function testKind(written: readonly Written[]): TestKind {
  for (const { modifier } of written) {
    const test = testOfRole(modifier);
    if (test !== undefined) return test;
  }
  return 'text';
}

function planOf(written: readonly Written[], kind: TestKind): Omit<Key, 'field' | 'node'> {
  const roles = <R extends Role>(role: R) =>
    written.flatMap(({ modifier }) => (modifier.role === role ? [modifier as Extract<Modifier, { role: R }>] : []));
  const links = roles('link').map(({ link }) => link);
  return {
    test: testOf(kind, roles),
    steps: kind === 'text' ? stepsOf(written) : [],
    expand: roles('expand').length > 0,
    cased: roles('case').length > 0,
    all: links.includes('all'),
    negated: links.includes('neq'),
  };
}

function testOf(kind: TestKind, roles: <R extends Role>(role: R) => Extract<Modifier, { role: R }>[]): Test {
  switch (kind) {
    case 'regex': {
      const flags = roles('flag').map(({ flag }) => flag);
      const has = (flag: keyof RegexFlags) => flags.includes(flag);
      return { kind, flags: { ignoreCase: has('ignoreCase'), multiline: has('multiline'), dotAll: has('dotAll') } };
    }
    case 'fieldref':
      return { kind, relation: roles('wrap').at(-1)?.wrap ?? 'whole' };
    case 'compare':
      return { kind, part: roles('part').at(-1)?.part ?? 'number', order: roles('order').at(-1)?.order ?? '=' };
    default:
      return { kind };
  }
}

/** The steps in order; a coding in front of an encoding is how that one makes its bytes, not a step by itself. */
function stepsOf(written: readonly Written[]): Step[] {
  const steps: Step[] = [];
  for (const { modifier } of written) {
    if (modifier.role === 'wrap') steps.push({ kind: 'wrap', wrap: modifier.wrap });
    else if (modifier.role === 'windash') steps.push({ kind: 'windash' });
    else if (modifier.role === 'coding') steps.push({ kind: 'coding', coding: modifier.coding });
    else if (modifier.role === 'encode') {
      const before = steps.at(-1);
      const coding = before?.kind === 'coding' ? before.coding : 'utf8';
      if (before?.kind === 'coding') steps.pop();
      steps.push({ kind: 'encode', encode: modifier.encode, coding });
    }
  }
  return steps;
}

function refuseWithoutField(key: Key, written: readonly Written[], report: Report): void {
  const kind = key.test.kind;
  if (written.length === 0)
    report.refuse(
      'sigma/no-field',
      'the key names no field',
      key.node.span,
      "write a list for keywords, or '|all' as the key",
    );
  if ((kind !== 'text' && kind !== 'regex') || key.negated)
    report.refuse('sigma/no-field', `'${key.node.text}' needs the name of a field before it`, key.node.span);
}

type SpanOf = (each: Pick<Written, 'at' | 'name'>) => Span;

/** Warns of modifiers that change nothing, or make a test that hardly anybody wants. */
function warnOfWaste(written: readonly Written[], report: Report, spanOf: SpanOf): void {
  const seen = new Set<string>();
  let wrap: string | undefined;
  for (const each of written) {
    const { name, modifier } = each;
    if (seen.has(name)) report.warn('sigma/modifier-repeated', `'${name}' is written twice`, spanOf(each));
    else if (modifier.role === 'wrap' && wrap !== undefined)
      report.warn('sigma/modifier-repeated', `'${wrap}' and '${name}' together mean 'contains'`, spanOf(each));
    if (modifier.role === 'wrap') wrap = name;
    seen.add(name);
    if (name === 'base64offset' && !written.some(({ modifier: other }) => other.role === 'wrap'))
      report.warn(
        'sigma/base64offset-whole',
        "a whole value is hardly ever one of the three shifted texts of 'base64offset'",
        spanOf(each),
        'write base64offset|contains',
      );
  }
}
