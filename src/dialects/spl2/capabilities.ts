import type { Capabilities, Lack } from '../dialect.ts';

const raw: Lack = {
  effect: 'differs',
  why: 'SPL2 looks for text in the recorded event as a whole (`_raw`), names of fields and escapes of JSON included, not in each value',
};
const stages: Lack = {
  effect: 'refused',
  why: 'only filters are written in SPL2, not what is counted or computed after them',
};

/**
 * What SPL2's `where` makes of each feature. Points that Splunk's documentation leaves open are assumptions of the text
 * that touches them (`splunk/assumptions.ts`), not losses.
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
  exists: { effect: 'narrower', why: 'a field that holds null is no field in SPL2' },
  'same-as': 'exact',
  keyword: raw,
  'keyword.regex': raw,
  rendered: {
    effect: 'differs',
    why: 'the recorded event (`_raw`) is written in the form of its source, not in the rendering that the test means',
  },
  not: 'exact',
  'stage.derive': stages,
  'stage.gather': stages,
  'stage.summarize': stages,
  'stage.having': stages,
  'stage.sequence': stages,
  'stage.keep': stages,
};
