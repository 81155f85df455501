import type { Detection } from '../../ir/detection.ts';
import type { Stage } from '../../ir/query.ts';
import { settingOf } from '../envelope.ts';
import type { Content, EnvelopeLoss, Settings, Wrapped } from '../envelope.ts';
import { durationOf, secondsOf } from './durations.ts';
import { listOf, settings as known } from './settings.ts';
import { watchId } from './watch-id.ts';

/** How much further back than its interval a watch looks, since events arrive late. */
const DELAY = 60;

/** Hits that are fetched for a mail. */
const SIZE = 100;

/**
 * Writes a watch as a command for bash: `curl` puts the JSON that follows it.
 *
 * Nothing in a rule can break out. The JSON escapes line breaks, so each of its lines begins with a brace or a blank and
 * none is the `EOF` that ends it; the quotes around `'EOF'` keep the shell from looking inside. Watcher renders the
 * search as a Mustache template, so two braces in the query are parted by a backslash, and the mail takes the title
 * from `metadata`, which no template looks at.
 */
export function wrap({ text, then, detection, number, settings }: Content): Wrapped {
  const threshold = thresholdOf(then);
  if ('refused' in threshold) return { kind: 'refused', losses: [threshold.refused] };
  const { count } = threshold;
  const interval = secondsOf(value('interval', settings))!;
  const every = count === null ? interval : Math.min(interval, Math.max(SHORTEST, Math.ceil(count.within / 5)));
  const window = count === null ? interval + DELAY : count.within + every;
  const watch = {
    metadata: metadataOf(detection),
    trigger: { schedule: { interval: durationOf(every) } },
    input: {
      search: {
        request: {
          indices: listOf(value('indices', settings)),
          body: {
            size: SIZE,
            query: {
              bool: {
                must: [{ query_string: { query: parted(text) } }],
                filter: [{ range: { [value('time-field', settings)]: { gte: `now-${durationOf(window)}` } } }],
              },
            },
            ...(count?.by !== undefined && { aggs: { by: groups(count.by, count.least) } }),
          },
        },
      },
    },
    condition: { compare: conditionOf(count) },
    actions: { send_email: { email: mail(settings) } },
  };
  const address = `${value('url', settings).replace(/\/+$/, '')}/_watcher/watch/${watchId(detection, number)}`;
  const command = `curl -sS -XPUT -H 'Content-Type: application/json' --data-binary @- '${address}' <<'EOF'`;
  return {
    kind: 'text',
    text: `${command}\n${JSON.stringify(watch, null, 2)}\nEOF`,
    losses: count === null ? [] : [countLoss(count.within, every)],
  };
}

function value(name: string, chosen: Settings): string {
  return settingOf(known, chosen, name);
}

/** Lucene takes a backslash before a brace away, in words, quotes and expressions. */
function parted(query: string): string {
  return query.replace(/\{(?=\{)/g, '{\\');
}

function metadataOf({ id, name, title, author, license, description, tags, references }: Detection) {
  return {
    title,
    rule: id ?? name,
    ...(author !== null && { author }),
    ...(license !== null && { license }),
    ...(description !== null && { description }),
    ...(tags.length > 0 && { tags }),
    ...(references.length > 0 && { references }),
    subject: `Sigma rule '${title.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')}'`,
  };
}

/** Three braces: what stands in the event is shown as it is, not escaped for JSON or HTML. */
function mail(settings: Settings) {
  return {
    to: listOf(value('recipient', settings)),
    subject: '{{{ctx.metadata.subject}}}',
    body: 'Hits: {{ctx.payload.hits.total}}\n{{#ctx.payload.hits.hits}}{{{_source}}}\n========\n{{/ctx.payload.hits.hits}}',
    attachments: { 'data.json': { data: { format: 'json' } } },
  };
}

interface Count {
  readonly by: string | undefined;
  readonly within: number;
  readonly order: 'gt' | 'gte';
  readonly value: number;
  /** Fewer hits than this in a group do not matter. */
  readonly least: number;
}

/** The shortest interval of a count. */
const SHORTEST = 10;

function thresholdOf(then: readonly Stage[]): { readonly count: Count | null } | { readonly refused: EnvelopeLoss } {
  if (then.length === 0) return { count: null };
  const [first, second, ...others] = then;
  const refused = (stage: Stage['kind'], why: string) => ({
    refused: { feature: `stage.${stage}`, effect: 'refused', why } as const,
  });
  if (first?.kind !== 'summarize')
    return refused(first!.kind, 'a watch counts the hits of one search, and does no more');
  const [figure, ...figures] = first.with;
  if (figures.length > 0 || figure?.function !== 'count' || figure.field !== null)
    return refused('summarize', 'a watch counts hits; it counts different values only roughly (cardinality)');
  if (first.by.length > 1) return refused('summarize', 'a watch puts hits into groups by one field');
  if (first.within === null)
    return refused('summarize', 'a watch counts over a length of time, and the rule has no timeframe');
  const asked = second?.kind === 'having' ? second.where : undefined;
  const isCount = asked?.kind === 'compare' && asked.field === figure.as && asked.part === 'number';
  if (!isCount || others.length > 0)
    return refused(second?.kind ?? 'summarize', 'a watch compares one count with a number');
  const order = ({ '>': 'gt', '>=': 'gte' } as const)[asked.order as '>'];
  if (order === undefined || asked.value < 0)
    return refused('having', 'a watch sees hits only: it can ask for more of them, not for fewer');
  const least = Math.floor(asked.value) + (order === 'gt' ? 1 : 0);
  return { count: { by: first.by[0], within: Math.ceil(first.within), order, value: asked.value, least } };
}

function conditionOf(count: Count | null) {
  if (count === null) return { 'ctx.payload.hits.total': { gt: 0 } };
  const counted = count.by === undefined ? 'ctx.payload.hits.total' : 'ctx.payload.aggregations.by.buckets.0.doc_count';
  return { [counted]: { [count.order]: count.value } };
}

function groups(field: string, least: number) {
  return { terms: { field, size: 10, order: { _count: 'desc' }, min_doc_count: Math.max(1, least) } };
}

function countLoss(within: number, every: number): EnvelopeLoss {
  const why = `the watch counts over ${durationOf(within + every)} every ${durationOf(every)}, so that no ${durationOf(within)} go unseen`;
  return { feature: 'stage.summarize', effect: 'wider', why };
}
