import type { Profile } from '../profile.ts';

/**
 * Sigma's own taxonomy: events whose fields were given Sigma's names, whatever recorded them. It is also the vocabulary
 * in which detections of different languages are compared.
 */
export const raw: Profile = {
  name: 'raw',
  title: "Sigma's taxonomy, field names as rules write them",
  reference: 'https://github.com/SigmaHQ/sigma-specification/blob/main/specification/sigma-appendix-taxonomy.md',
  fields: { ComputerName: 'Computer', SourceName: 'Provider_Name' },
  prefix: '',
  vocabulary: 'sigma',
  source: { channel: 'Channel', channelPrefix: '', verbatim: false, eventId: 'EventID', provider: 'Provider_Name' },
  types: {},
  defaultType: { kind: 'keyword', folded: false },
  multiValued: ['Data'],
  assumptions: ["Events carry Sigma's field names: nothing is renamed, not even in Security 4688."],
};
