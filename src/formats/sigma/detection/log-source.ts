import type { LogSource } from '../../../ir/query.ts';
import { didYouMean } from '../nearest.ts';
import type { Report } from '../report.ts';
import { plainValue, readScalar } from '../yaml/scalar.ts';
import type { MapNode, Node } from '../yaml/tree.ts';

const known = ['product', 'category', 'service', 'definition'] as const;

/** The log source of a rule, and the keys of the section that have no meaning to a program. */
export interface ReadLogSource {
  readonly logsource: LogSource;
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Reads the section `logsource`. Other keys than Sigma's are kept; one that looks mistyped is warned of. */
export function readLogSource(section: Node | undefined, root: MapNode, report: Report): ReadLogSource {
  if (section === undefined) {
    report.warn('sigma/no-logsource', 'the rule has no logsource, so it applies to every event', firstKey(root));
    return { logsource: {}, extra: {} };
  }
  if (section.kind !== 'map')
    return report.refuse('sigma/logsource', "'logsource' is a map of product, category and service", section.span);
  const logsource: Record<string, string> = {};
  const extra: Record<string, unknown> = {};
  for (const { key, value } of section.entries) {
    if (!(known as readonly string[]).includes(key.text)) {
      const hint = didYouMean(key.text, known);
      if (hint !== undefined)
        report.warn('sigma/unknown-key', `'${key.text}' means nothing in a logsource`, key.span, hint);
      extra[key.text] = plainValue(value);
    } else if (value.kind !== 'scalar')
      report.refuse('sigma/logsource', `'${key.text}' of a logsource is one text`, value.span);
    else if (readScalar(value).kind !== 'null') logsource[key.text] = value.text.trim();
  }
  if (logsource['product'] === undefined && logsource['category'] === undefined && logsource['service'] === undefined)
    report.warn(
      'sigma/no-logsource',
      'the logsource names no product, category or service, so the rule applies to every event',
      section.span,
    );
  return { logsource, extra };
}

/** The place to point at when a whole document is meant. */
export function firstKey(root: MapNode): Node['span'] {
  return root.entries[0]?.key.span ?? root.span;
}

/** Whether events of `narrow` are events of `wide`: each word that `wide` has, `narrow` has too. */
export function isWithin(narrow: LogSource, wide: LogSource): boolean {
  return (['product', 'category', 'service'] as const).every(
    (part) => wide[part] === undefined || wide[part].toLowerCase() === narrow[part]?.toLowerCase(),
  );
}
