import type { Detection } from '../../../ir/detection.ts';
import { list, map, plain, text, texts } from './yaml.ts';
import type { Out } from './yaml.ts';

type Entries = readonly (readonly [string, Out | undefined])[];

/** Keys of `extra` that have a place of their own in a rule, or are no key of it. */
const placed = new Set(['name', 'taxonomy', 'scope', 'logsource', 'ids']);

/** The metadata of a detection in SigmaHQ's order: what stands before the log source, and what stands behind the detection. */
export function detectionMetadata(detection: Detection): { readonly head: Entries; readonly tail: Entries } {
  const { extra } = detection;
  const others = Object.entries(extra).filter(([key]) => !placed.has(key));
  return {
    head: [
      ['title', text(detection.title)],
      ['id', optional(detection.id)],
      ['name', other(extra['name'])],
      ['related', relatedList(detection.related)],
      ['taxonomy', other(extra['taxonomy'])],
      ['status', optional(detection.status)],
      ['description', optional(detection.description)],
      ['license', optional(detection.license)],
      ['references', texts(detection.references)],
      ['author', optional(detection.author)],
      ['date', optional(detection.date)],
      ['modified', optional(detection.modified)],
      ['tags', texts(detection.tags)],
    ],
    tail: [
      ['fields', texts(detection.fields)],
      ['falsepositives', texts(detection.falsePositives)],
      ['level', optional(detection.level)],
      ['scope', other(extra['scope'])],
      ...others.map(([key, value]) => [key, plain(value)] as const),
      ['samples', sampleList(detection.samples)],
    ],
  };
}

function optional(value: string | null): Out | undefined {
  return value === null ? undefined : text(value);
}

function other(value: unknown): Out | undefined {
  return value === undefined ? undefined : plain(value);
}

function relatedList(related: Detection['related']): Out | undefined {
  if (related.length === 0) return undefined;
  return list(
    related.map(({ id, type }) =>
      map([
        ['id', text(id)],
        ['type', type === '' ? undefined : text(type)],
      ]),
    ),
  );
}

function sampleList(samples: Detection['samples']): Out | undefined {
  if (samples.length === 0) return undefined;
  return list(
    samples.map(({ name, matches, event }) =>
      map([
        ['name', text(name)],
        ['matches', plain(matches)],
        ['event', plain(event)],
      ]),
    ),
  );
}
