import type { Detection, Sample } from '../../../ir/detection.ts';
import { didYouMean } from '../nearest.ts';
import type { Report } from '../report.ts';
import { plainValue, readScalar } from '../yaml/scalar.ts';
import { elementsOf, entryAt, valueAt } from '../yaml/map.ts';
import { firstKey } from '../detection/log-source.ts';
import type { MapNode, Node } from '../yaml/tree.ts';

/** What a rule says about itself: all of a detection but what it detects. */
export type Metadata = Omit<Detection, 'name' | 'file' | 'queries' | 'origins' | 'placeholders'>;

/** Keys of a document that have a place in `Metadata`, in SigmaHQ's order, and those that other readers take. */
const known = [
  'title',
  'id',
  'related',
  'status',
  'description',
  'license',
  'references',
  'author',
  'date',
  'modified',
  'tags',
  'fields',
  'falsepositives',
  'level',
  'samples',
] as const;
const sections = ['logsource', 'detection', 'correlation', 'filter', 'action'] as const;
/** Keys of the specification that only `extra` keeps. */
const others = ['name', 'taxonomy', 'scope'] as const;
const everyKey = [...known, ...sections, ...others];

const statuses = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];
const levels = ['informational', 'low', 'medium', 'high', 'critical'];

/** Reads the metadata of a document. What has no place in a detection goes to `extra`, as plain data, under its key. */
export function readMetadata(root: MapNode, fallbackTitle: string, report: Report): Metadata {
  const text = (name: string) => textAt(root, name, report);
  const texts = (name: string) => textsAt(root, name, report);
  const title = text('title');
  if (title === null) report.warn('sigma/no-title', 'the rule has no title', firstKey(root));
  warnUnlessOne('status', root, statuses, report);
  warnUnlessOne('level', root, levels, report);
  return {
    id: text('id'),
    title: title ?? fallbackTitle,
    description: text('description'),
    status: text('status'),
    level: text('level'),
    author: authorOf(texts('author')),
    license: text('license'),
    date: text('date'),
    modified: text('modified'),
    references: texts('references'),
    tags: texts('tags'),
    falsePositives: texts('falsepositives'),
    fields: texts('fields'),
    related: readRelated(root, report),
    extra: readExtra(root, report),
    samples: readSamples(root, report),
  };
}

/** The text of a key, trimmed; null where there is none. */
export function textAt(root: MapNode, name: string, report: Report): string | null {
  const value = valueAt(root, name);
  if (value === undefined || isNull(value)) return null;
  const text = textOf(value, name, report).trim();
  return text === '' ? null : text;
}

function textsAt(root: MapNode, name: string, report: Report): string[] {
  const value = valueAt(root, name);
  if (value === undefined) return [];
  return elementsOf(value).flatMap((each) => (isNull(each) ? [] : [textOf(each, name, report).trim()]));
}

/** A text as written. A map here is nearly always a sentence with `: ` in it that lacks quotes; its source is the text. */
function textOf(node: Node, name: string, report: Report): string {
  if (node.kind === 'scalar') return node.text;
  report.warn(
    'sigma/metadata',
    `'${name}' should hold texts`,
    node.span,
    "quote the text: ': ' starts a map, '- ' a list",
  );
  return report.source.text.slice(node.span.start, node.span.end);
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && readScalar(node).kind === 'null';
}

function authorOf(authors: readonly string[]): string | null {
  return authors.length === 0 ? null : authors.join(', ');
}

function warnUnlessOne(name: string, root: MapNode, words: readonly string[], report: Report): void {
  const value = valueAt(root, name);
  if (value === undefined || isNull(value)) return;
  if (value.kind === 'scalar' && words.includes(value.text.trim().toLowerCase())) return;
  const word = value.kind === 'scalar' ? value.text : '';
  const hint = didYouMean(word, words) ?? `one of ${words.join(', ')}`;
  report.warn(`sigma/unknown-${name as 'status' | 'level'}`, `there is no ${name} '${word}'`, value.span, hint);
}

function readRelated(root: MapNode, report: Report): Metadata['related'] {
  const value = valueAt(root, 'related');
  if (value === undefined || isNull(value)) return [];
  return elementsOf(value).flatMap((each) => {
    const id = each.kind === 'map' ? textAt(each, 'id', report) : null;
    if (id !== null && each.kind === 'map') return [{ id, type: textAt(each, 'type', report) ?? '' }];
    report.warn('sigma/metadata', "'related' is a list of maps with id and type", each.span);
    return [];
  });
}

function readExtra(root: MapNode, report: Report): Record<string, unknown> {
  const extra: Record<string, unknown> = {};
  for (const { key, value } of root.entries) {
    if ((known as readonly string[]).includes(key.text) || (sections as readonly string[]).includes(key.text)) continue;
    if (!(others as readonly string[]).includes(key.text)) {
      const hint = didYouMean(key.text, everyKey);
      if (hint !== undefined) report.warn('sigma/unknown-key', `the key '${key.text}' means nothing`, key.span, hint);
    }
    Object.defineProperty(extra, key.text, { value: plainValue(value), enumerable: true, configurable: true });
  }
  return extra;
}

/**
 * Samples that travel with a rule. The specification has no key for them and allows any; this is ours:
 *
 *     samples:
 *         - name: dump by ordinal
 *           matches: true
 *           event: { EventID: 1, CommandLine: 'rundll32 comsvcs.dll,#24 624 a.dmp full' }
 */
function readSamples(root: MapNode, report: Report): Sample[] {
  const entry = entryAt(root, 'samples');
  if (!entry || isNull(entry.value)) return [];
  return elementsOf(entry.value).flatMap((each, index) => {
    const event = each.kind === 'map' ? valueAt(each, 'event') : undefined;
    const matches = each.kind === 'map' ? valueAt(each, 'matches') : undefined;
    const read = matches?.kind === 'scalar' ? readScalar(matches) : undefined;
    if (each.kind === 'map' && event?.kind === 'map' && read?.kind === 'boolean')
      return [
        {
          name: textAt(each, 'name', report) ?? `sample ${index + 1}`,
          matches: read.value,
          event: plainValue(event) as Record<string, unknown>,
        },
      ];
    report.warn(
      'sigma/sample',
      'a sample has an event, which is a map, and matches, which is true or false',
      each.span,
    );
    return [];
  });
}
