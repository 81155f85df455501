import { literal } from '../../ir/pattern.ts';
import { compileRegex } from '../../ir/regex/match.ts';
import type { Matcher } from '../../ir/regex/match.ts';
import type { Regex } from '../../ir/regex/tree.ts';
import type {
  Condition,
  ItemCondition,
  NameCondition,
  PlainValue,
  RuleCondition,
  StateCondition,
} from '../../schema/pipeline.ts';
import { textOf } from './change-values.ts';
import { fieldOf, isNull, itemsOf, valuesOf } from './items.ts';
import type { Item, ValueTest } from './items.ts';
import { patternOf, plainText } from './plain-text.ts';
import { related } from './relate-values.ts';
import { attributeHolds } from './rule-facts.ts';
import type { State } from './state.ts';

/** Tells whether a condition holds of what `ask` answers for. */
export function holds<C>(condition: Condition<C>, ask: (one: C) => boolean): boolean {
  switch (condition.kind) {
    case 'is':
      return ask(condition.of);
    case 'all':
      return condition.of.every((each) => holds(each, ask));
    case 'any':
      return condition.of.some((each) => holds(each, ask));
    case 'not':
      return !holds(condition.of, ask);
  }
}

/** Answers a condition about the rule as it is at this point of the pipeline. */
export function ofRule(condition: RuleCondition, state: State): boolean {
  switch (condition.kind) {
    case 'logsource':
      return (['product', 'category', 'service'] as const).every(
        (part) => condition.wanted[part] === undefined || condition.wanted[part] === state.logsource[part],
      );
    case 'contains-item':
      return itemsOf(state.part).some(
        (item) => fieldOf(item) === condition.field && valuesOf(item).some((value) => isValue(value, condition.value)),
      );
    case 'contains-field':
      return itemsOf(state.part).some((item) => fieldOf(item) === condition.field);
    case 'applied':
      return state.applied.has(condition.id);
    case 'state':
      return stateHolds(condition, state);
    case 'is-rule':
      return true;
    case 'is-correlation':
      return false;
    case 'attribute':
      return attributeHolds(condition, state.about, state.attributes);
    case 'tag':
      return state.about.tags.includes(condition.tag);
  }
}

/** Answers a condition about an item. */
export function ofItem(condition: ItemCondition, item: Item, state: State): boolean {
  switch (condition.kind) {
    case 'applied':
      return item.applied.has(condition.id);
    case 'state':
      return stateHolds(condition, state);
    case 'match-text': {
      const fits = matcher(condition.regex);
      return over(item, condition.every, (value) => {
        const text = textOf(value);
        return (text !== undefined && fits(plainText(text.pattern))) !== condition.negated;
      });
    }
    case 'match-value':
      return over(item, condition.every, (value) => isValue(value, condition.value));
    case 'has-wildcard':
      return over(item, condition.every, (value) => {
        const text = textOf(value);
        return text !== undefined && literal(text.pattern) === undefined;
      });
    case 'is-null':
      return over(item, condition.every, isNull);
  }
}

function over(item: Item, every: boolean, test: (value: ValueTest) => boolean): boolean {
  const values = valuesOf(item);
  return every ? values.every(test) : values.some(test);
}

/** Answers a condition about the name of a field; null is what keywords have. */
export function ofName(condition: NameCondition, name: string | null, state: State): boolean {
  switch (condition.kind) {
    case 'listed':
    case 'not-listed':
      return (name !== null && condition.names.includes(name)) === (condition.kind === 'listed');
    case 'fits':
    case 'fits-not':
      return (name !== null && condition.regexes.some((regex) => matcher(regex)(name))) === (condition.kind === 'fits');
    case 'applied':
      return name !== null && (state.namesApplied.get(name)?.has(condition.id) ?? false);
    case 'state':
      return stateHolds(condition, state);
  }
}

/** Answers a condition about names for a whole item: for its own field, or one that it compares with. */
export function ofItemNames(condition: NameCondition, item: Item, state: State): boolean {
  if (condition.kind === 'applied') return item.applied.has(condition.id);
  const names = [fieldOf(item), ...referencesIn(item)];
  return names.some((name) => ofName(condition, name, state));
}

/** The fields that an item compares its own with. */
export function referencesIn(item: Item): string[] {
  return valuesOf(item).flatMap((value) =>
    value.kind === 'sameAs' && typeof value.other === 'string' ? [value.other] : [],
  );
}

/** Whether a value is the wanted one, of the same type and with the same wildcards. */
function isValue(value: ValueTest, wanted: PlainValue): boolean {
  if (wanted === null) return isNull(value);
  if (typeof wanted !== 'string') return value.kind === 'equal' && value.value === wanted;
  const text = textOf(value);
  return text !== undefined && plainText(text.pattern) === plainText(patternOf(wanted));
}

function stateHolds({ key, value, relation }: StateCondition, { variables }: State): boolean {
  const found = variables.get(key);
  return found !== undefined && related(found, value, relation);
}

/** The matchers of expressions, each made once; expressions that can't be matched are refused when they are read. */
const matchers = new WeakMap<Regex, Matcher>();

function matcher(regex: Regex): Matcher {
  let found = matchers.get(regex);
  if (!found) {
    const compiled = compileRegex(regex);
    matchers.set(regex, (found = typeof compiled === 'function' ? compiled : () => false));
  }
  return found;
}
