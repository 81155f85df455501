import { didYouMean } from '../../formats/sigma/nearest.ts';
import { elementsOf, valueAt } from '../../formats/sigma/yaml/map.ts';
import { placesIn } from '../../formats/sigma/yaml/place.ts';
import type { Entry, MapNode } from '../../formats/sigma/yaml/tree.ts';
import type { LogSource } from '../../ir/query.ts';
import { knownFields } from '../../schema/log-sources/known-fields.ts';
import { hinting, say, textsAt } from './rule-text.ts';
import type { Finding, RuleText } from './rule-text.ts';

/** Fields that events of the rule's log source do not have, each once. Rules of another taxonomy are let pass. */
export function checkFields(rule: RuleText): Finding[] {
  const [taxonomy] = textsAt(rule, 'taxonomy');
  const known = taxonomy && taxonomy.text !== 'sigma' ? undefined : knownFields(logSourceOf(rule.root));
  if (known === undefined) return [];
  const byLetters = new Map([...known].map((name) => [name.toLowerCase(), name]));
  const said = new Set<string>();
  return itemsOf(rule.root).flatMap(({ key }): Finding[] => {
    const field = key.text.split('|', 1)[0]!.trim();
    if (field === '' || known.has(field) || said.has(field)) return [];
    said.add(field);
    const span = placesIn(rule.source, key)({ start: 0, end: field.length });
    const right = byLetters.get(field.toLowerCase());
    if (right !== undefined) {
      const message = `the field '${field}' is called '${right}'`;
      return [say(rule, 'warning', 'field-case', { message, span, hint: 'names of fields are compared with case' })];
    }
    const message = `events of this log source have no field '${field}'`;
    return [say(rule, 'warning', 'field-unknown', { message, span, ...hinting(didYouMean(field, known)) })];
  });
}

/** A text without modifier that starts or ends with `*`, where a modifier would say the same and be read by more tools. */
export function checkWildcards(rule: RuleText): Finding[] {
  return itemsOf(rule.root).flatMap(({ key, value }) => {
    if (key.text.includes('|')) return [];
    const node = elementsOf(value).find((each) => each.kind === 'scalar' && modifierFor(each.text) !== undefined);
    if (node?.kind !== 'scalar') return [];
    const modifier = modifierFor(node.text)!;
    const message = `the '*' of this value is what the modifier '${modifier}' is for`;
    return [say(rule, 'info', 'wildcard', { message, span: node.span, hint: `write ${key.text}|${modifier}` })];
  });
}

function modifierFor(text: string): string | undefined {
  const [, before = '', inner = '', after = ''] = /^(\*?)([^*?]+)(\*?)$/.exec(text) ?? [];
  if (inner === '' || (after !== '' && inner.endsWith('\\'))) return undefined;
  if (before !== '') return after === '' ? 'endswith' : 'contains';
  return after === '' ? undefined : 'startswith';
}

function logSourceOf(root: MapNode): LogSource {
  const section = valueAt(root, 'logsource');
  if (section?.kind !== 'map') return {};
  const parts = section.entries.flatMap(({ key, value }) =>
    value.kind === 'scalar' && value.text.trim() !== '' ? [[key.text, value.text.trim()] as const] : [],
  );
  return Object.fromEntries(parts);
}

/** The items of all selections of a rule: keys that name a field, with their values. */
function itemsOf(root: MapNode): Entry[] {
  const detection = valueAt(root, 'detection');
  if (detection?.kind !== 'map') return [];
  return detection.entries
    .filter(({ key }) => key.text !== 'condition' && key.text !== 'timeframe')
    .flatMap(({ value }) => elementsOf(value).flatMap((each) => (each.kind === 'map' ? [...each.entries] : [])));
}
