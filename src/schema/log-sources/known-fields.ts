import type { LogSource } from '../../ir/query.ts';
import { eventKinds } from '../log-sources.ts';
import { fieldRows } from './fields.generated.ts';

/**
 * The fields that events of a log source have, by Sigma's names; undefined where nobody has listed them, as for nearly
 * all that is not a Windows or Linux event. Names that the events' own descriptions lead to (`md5`, inside `Hashes`)
 * count too.
 *
 *     knownFields({ product: 'windows', category: 'dns_query' })?.has('QueryName')   // true
 */
export function knownFields(logsource: LogSource): ReadonlySet<string> | undefined {
  const row = rowOf(logsource);
  if (row === undefined) return undefined;
  const mapped = eventKinds(logsource).kinds.flatMap(({ fields }) => Object.keys(fields));
  return new Set([...row.split(' '), ...mapped]);
}

/** With both, a category's events are those of the service too, and its list is the more exact one. */
function rowOf({ product = '', category, service }: LogSource): string | undefined {
  const of = (part: string, name: string | undefined) => {
    const key = `${product}/${part}/${name}`.toLowerCase();
    return name !== undefined && Object.hasOwn(fieldRows, key) ? fieldRows[key] : undefined;
  };
  return category === undefined ? of('service', service) : of('category', category);
}
