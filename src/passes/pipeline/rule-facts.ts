import type { Detection } from '../../ir/detection.ts';
import type { PlainValue, RuleCondition } from '../../schema/pipeline.ts';
import { related } from './relate-values.ts';

/** What a rule says about itself, as far as a pipeline may ask for it. */
export type RuleFacts = Omit<Detection, 'name' | 'file' | 'queries' | 'origins' | 'samples' | 'related'>;

/** Of a query that no rule is known of. */
export const noFacts: RuleFacts = {
  id: null,
  title: '',
  description: null,
  status: null,
  level: null,
  author: null,
  license: null,
  date: null,
  modified: null,
  references: [],
  tags: [],
  falsePositives: [],
  fields: [],
  extra: {},
  placeholders: [],
};

const levels = ['informational', 'low', 'medium', 'high', 'critical'];
const statuses = ['unsupported', 'deprecated', 'experimental', 'test', 'stable'];

/**
 * Compares an attribute of a rule. Lists only hold a value or don't; texts are only equal or not; levels, statuses, dates
 * and numbers have an order. An attribute that the rule lacks passes nothing.
 */
export function attributeHolds(
  { attribute, value, relation }: Extract<RuleCondition, { kind: 'attribute' }>,
  about: RuleFacts,
  own: ReadonlyMap<string, PlainValue>,
): boolean {
  const found = attributeOf(attribute, about) ?? own.get(attribute) ?? extraOf(attribute, about);
  if (found === undefined || found === null) return false;
  if (Array.isArray(found)) {
    if (relation === 'in' || relation === 'not_in') return found.includes(value) === (relation === 'in');
    return relation === 'ne';
  }
  if (relation === 'in' || relation === 'not_in') return false;
  const ranks = attribute === 'level' ? levels : attribute === 'status' ? statuses : undefined;
  if (ranks) return related(ranks.indexOf(String(found).toLowerCase()), ranks.indexOf(String(value)), relation);
  if (typeof found === 'number') return related(found, Number(value), relation);
  if (attribute === 'date' || attribute === 'modified')
    return related(String(found).replaceAll('/', '-'), String(value), relation);
  return (relation === 'eq' || relation === 'ne') && related(String(found), String(value), relation);
}

function attributeOf(name: string, about: RuleFacts): string | readonly string[] | null | undefined {
  switch (name) {
    case 'id':
    case 'title':
    case 'description':
    case 'status':
    case 'level':
    case 'author':
    case 'license':
    case 'date':
    case 'modified':
    case 'references':
    case 'tags':
    case 'fields':
      return about[name];
    case 'falsepositives':
      return about.falsePositives;
    default:
      return undefined;
  }
}

function extraOf(name: string, { extra }: RuleFacts): unknown {
  return Object.hasOwn(extra, name) ? extra[name] : undefined;
}
