import { inNetwork } from './cidr.ts';
import { scalarsOf, textOf } from './event.ts';
import type { Event, Scalar } from './event.ts';
import { fold } from './fold.ts';
import { compilePattern } from './match-pattern.ts';
import type { TextTest } from './match-pattern.ts';
import { stands } from './order.ts';
import type { Atom, Compare, Field, Keyword, Predicate, SameAs } from './predicate.ts';
import { compileRegex } from './regex/match.ts';
import { render } from './render.ts';
import { hasTerm } from './term.ts';
import { partOf } from './time-part.ts';

/**
 * Tells whether `predicate` holds of `event`: the reference semantics of this room's README, as code.
 *
 * Everything faster, and every query printed, is compared with this. It keeps no state but the compiled patterns of
 * predicates that are still alive. A regular expression that can't be matched in linear time is never true; readers
 * refuse such a rule by name before it gets here.
 */
export function evaluate(predicate: Predicate, event: Event): boolean {
  switch (predicate.kind) {
    case 'all':
      return predicate.of.every((part) => evaluate(part, event));
    case 'any':
      return predicate.of.some((part) => evaluate(part, event));
    case 'not':
      return !evaluate(predicate.of, event);
    case 'exists':
      return typeof predicate.field !== 'string' || event.get(predicate.field) !== undefined;
    case 'sameAs':
      return evaluateSameAs(predicate, event);
    case 'keyword':
      return evaluateKeyword(predicate, event);
    default: {
      const test = testOf(predicate);
      return valuesOf(predicate.field, event).some(test);
    }
  }
}

/** The values that a test of `field` looks at, each by itself. A missing or null field has none, so no test holds. */
function valuesOf(field: Field, event: Event): readonly Scalar[] {
  return typeof field === 'string' ? scalarsOf(event.get(field)) : [render(event, field.rendered)];
}

type ValueTest = (value: Scalar) => boolean;
type ValueAtom = Exclude<Atom, { kind: 'exists' | 'sameAs' | 'keyword' }>;

const compiled = new WeakMap<Atom, ValueTest>();

function testOf(atom: ValueAtom): ValueTest {
  let test = compiled.get(atom);
  if (!test) compiled.set(atom, (test = compile(atom)));
  return test;
}

function compile(atom: ValueAtom): ValueTest {
  switch (atom.kind) {
    case 'like':
      return onText(compilePattern(atom.pattern, atom.cased));
    case 'term':
      return onText((text) => hasTerm(text, atom.term, atom.edge, atom.tokenizer, atom.cased));
    case 'regex':
      return onText(regexTest(atom.regex));
    case 'equal': {
      const wanted = String(atom.value);
      return (value) => fold(textOf(value)) === wanted;
    }
    case 'compare':
      return (value) => compares(atom, value);
    case 'cidr':
      return onText((text) => inNetwork(text, atom.network));
  }
}

function onText(test: TextTest): ValueTest {
  return (value) => test(textOf(value));
}

function regexTest(regex: Parameters<typeof compileRegex>[0]): TextTest {
  const matcher = compileRegex(regex);
  return typeof matcher === 'function' ? matcher : () => false;
}

/** Decimal text, as JSON writes numbers, blanks around it ignored; `0x1f` is no number. */
const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?\s*$/;

function compares({ part, order, value: bound }: Compare, value: Scalar): boolean {
  const text = textOf(value);
  if (part !== 'number') {
    const found = partOf(text, part);
    return found !== undefined && stands(found, order, bound);
  }
  return typeof value !== 'boolean' && NUMBER.test(text) && stands(Number(text), order, bound);
}

function evaluateSameAs({ field, other, relation, cased }: SameAs, event: Event): boolean {
  const read = (value: Scalar) => (cased ? textOf(value) : fold(textOf(value)));
  const others = valuesOf(other, event).map(read);
  return valuesOf(field, event)
    .map(read)
    .some((text) => others.some((wanted) => related(text, relation, wanted)));
}

function related(text: string, relation: SameAs['relation'], wanted: string): boolean {
  switch (relation) {
    case 'whole':
      return text === wanted;
    case 'contains':
      return text.includes(wanted);
    case 'startswith':
      return text.startsWith(wanted);
    case 'endswith':
      return text.endsWith(wanted);
  }
}

const keywords = new WeakMap<Keyword, TextTest>();

function evaluateKeyword(keyword: Keyword, event: Event): boolean {
  let test = keywords.get(keyword);
  if (!test) {
    test =
      keyword.test.kind === 'regex'
        ? regexTest(keyword.test.regex)
        : compilePattern(keyword.test.pattern, keyword.test.cased);
    keywords.set(keyword, test);
  }
  for (const [, value] of event.values()) if (test(textOf(value))) return true;
  return false;
}
