import type { Span } from '../../../text/source.ts';
import type { Unit } from './collection.ts';
import { namesIn } from './correlation-condition.ts';
import { gathered } from './correlation-members.ts';
import type { Aliases, Member } from './correlation-members.ts';
import { readStages } from './correlation-stages.ts';
import { firstKey } from '../detection/log-source.ts';
import { readMetadata } from './metadata.ts';
import { didYouMean } from '../nearest.ts';
import type { Report } from '../report.ts';
import { detectionOf, namesOf } from './rule.ts';
import type { Rule } from './rule.ts';
import { readScalar } from '../yaml/scalar.ts';
import { secondsOf } from '../detection/timespan.ts';
import { valueAt } from '../yaml/map.ts';
import type { MapNode, Node } from '../yaml/tree.ts';

/** Finds the rule that a reference means, or refuses; `from` is where the reference stands. */
export type Resolve = (name: string, span: Span) => Rule;

/** A correlation read, the rules that it is made of, and whether those are also to be reported by themselves. */
export interface Correlation extends Rule {
  readonly refersTo: readonly Rule[];
  readonly generate: boolean;
}

const keys = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate'];

/**
 * Reads a correlation and lowers it to stages. A count over one simple rule becomes `summarize` and `having` behind
 * that rule's own predicate; everything else gathers the rules as branches first.
 */
export function readCorrelation(unit: Unit, resolve: Resolve, report: Report): Correlation {
  const [root] = unit.roots as [MapNode];
  const section = valueAt(root, 'correlation');
  if (section?.kind !== 'map')
    return report.refuse(
      'sigma/correlation',
      "'correlation' is a map of type, rules, timespan and more",
      section?.span ?? firstKey(root),
    );
  for (const { key } of section.entries)
    if (!keys.includes(key.text))
      report.warn(
        'sigma/unknown-key',
        `'${key.text}' means nothing in a correlation`,
        key.span,
        didYouMean(key.text, keys),
      );
  const within = readTimespan(section, report);
  const groupBy = valueAt(section, 'group-by');
  const by = groupBy ? namesIn(groupBy, 'group-by', report) : [];
  const { references, stages, fields } = readStages(section, by, within, report);
  const members = references.map(({ name, span }): Member => ({ name, span, rule: resolve(name, span) }));
  const aliases = readAliases(section, members, report);
  const { queries, ...sources } = gathered(members, aliases, stages, [...by, ...fields], report);
  const metadata = readMetadata(root, unit.name, report);
  return {
    unit,
    calledBy: namesOf(unit, report),
    refersTo: members.map(({ rule }) => rule),
    generate: readGenerate(section, report),
    detection: detectionOf(unit, metadata, queries, sources),
  };
}

function readTimespan(section: MapNode, report: Report): number {
  const node = valueAt(section, 'timespan');
  const length = node?.kind === 'scalar' ? secondsOf(node.text) : undefined;
  if (length !== undefined) return length;
  const message = node ? 'a time span is a number and a unit: 30s, 15m, 12h, 7d' : "the correlation has no 'timespan'";
  return report.refuse('sigma/timespan', message, node?.span ?? firstKey(section));
}

function readGenerate(section: MapNode, report: Report): boolean {
  const node = valueAt(section, 'generate');
  if (node === undefined) return false;
  const read = node.kind === 'scalar' ? readScalar(node) : undefined;
  if (read?.kind === 'boolean') return read.value;
  return report.refuse('sigma/correlation', "'generate' is true or false", node.span);
}

/** Reads `aliases: { alias: { rule: field } }`, by rule as it is named in the correlation. */
function readAliases(section: MapNode, members: readonly Member[], report: Report): Aliases {
  const node = valueAt(section, 'aliases');
  if (node === undefined) return new Map();
  const entries = entriesOf(node, "'aliases' is a map of maps", report);
  return new Map(
    entries.map(({ key, value }) => {
      const fields = entriesOf(value, `the alias '${key.text}' is a map of rules to fields`, report).map(
        ({ key: rule, value: field }): [string, string] => {
          const member = members.find(
            ({ name, rule: { calledBy } }) => name === rule.text || calledBy.includes(rule.text),
          );
          if (member) return [member.name, namesIn(field, key.text, report)[0] ?? ''];
          const known = members.map(({ name }) => name);
          const hint = didYouMean(rule.text, known);
          return report.refuse('sigma/unknown-rule', `the correlation has no rule '${rule.text}'`, rule.span, hint);
        },
      );
      return [key.text, new Map(fields)];
    }),
  );
}

function entriesOf(node: Node, message: string, report: Report): MapNode['entries'] {
  return node.kind === 'map' ? node.entries : report.refuse('sigma/correlation', message, node.span);
}
