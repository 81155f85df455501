import type { Capabilities } from '../dialect.ts';

/**
 * What SPL, `search` and `where` together, makes of each feature. Points that Splunk's documentation leaves open are
 * assumptions of the text that touches them (`assumptions.ts`), not losses.
 */
export const capabilities: Capabilities = {
  constant: 'exact',
  'like.uncased': 'exact',
  'like.cased': 'exact',
  'like.one': 'exact',
  'like.inner-many': 'exact',
  'like.literal-wildcard': 'exact',
  'like.empty': 'exact',
  term: 'exact',
  regex: 'exact',
  'regex.fold': 'exact',
  'regex.look': 'exact',
  'regex.backref': 'exact',
  equal: 'exact',
  compare: 'exact',
  'compare.time': 'exact',
  'cidr.v4': 'exact',
  'cidr.v6': 'exact',
  present: 'exact',
  exists: { effect: 'narrower', why: 'a field that holds null is no field in Splunk' },
  'same-as': 'exact',
  keyword: {
    effect: 'differs',
    why: 'Splunk looks for text in the recorded event as a whole (`_raw`), names of fields and escapes of JSON or XML included, not in each value',
  },
  'keyword.regex': {
    effect: 'differs',
    why: 'Splunk looks for text in the recorded event as a whole (`_raw`), names of fields and escapes of JSON or XML included, not in each value',
  },
  rendered: {
    effect: 'differs',
    why: 'the recorded event (`_raw`) is written in the form of its source, not in the rendering that the test means',
  },
  not: 'exact',
  'stage.derive': 'exact',
  'stage.gather': {
    effect: 'refused',
    why: 'events of several searches can be joined in SPL only within limits on their number',
  },
  'stage.summarize': 'exact',
  'stage.having': 'exact',
  'stage.sequence': { effect: 'refused', why: 'SPL has no stage that finds events in a given order within a window' },
  'stage.keep': 'exact',
};
