import type { Pipeline } from '../../schema/pipeline.ts';
import type { Profile } from '../../schema/profile.ts';

/**
 * The schema that pipelines lead to, taken one after the other by their priorities; those of one priority in the order
 * given. A pipeline says nothing of the types of fields, so they are `like` those of a profile: without one, every field
 * is a keyword of one value in which case counts.
 */
export function joinPipelines(pipelines: readonly Pipeline[], like?: Profile): Profile {
  const ordered = pipelines.toSorted((a, b) => a.priority - b.priority);
  const name = ordered.map((each) => each.name).join(', ');
  const several = ordered.length > 1;
  return {
    name,
    title: name,
    reference: 'https://sigmahq-pysigma.readthedocs.io/en/latest/Processing_Pipelines.html',
    fields: {},
    prefix: '',
    source: { channel: null, channelPrefix: '', verbatim: false, eventId: null, provider: null },
    types: like?.types ?? {},
    defaultType: like?.defaultType ?? { kind: 'keyword', folded: false },
    multiValued: like?.multiValued ?? [],
    assumptions: [],
    pipeline: {
      name,
      priority: ordered[0]?.priority ?? 0,
      steps: ordered.flatMap((each) =>
        several ? each.steps.map((step) => ({ ...step, label: `${step.label} of ${each.name}` })) : each.steps,
      ),
      vars: Object.assign({}, ...ordered.map(({ vars }) => vars)) as Pipeline['vars'],
      notes: ordered.flatMap(({ notes }) => notes),
    },
  };
}
