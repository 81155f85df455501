import type { Capabilities, Capability } from '../dialect.ts';

const refused = (why: string): Capability => ({ effect: 'refused', why });
const wider = (why: string): Capability => ({ effect: 'wider', why });

const inMessage: Capability = {
  effect: 'differs',
  why: 'LogPoint looks for words and phrases in the log message as a whole, names of fields included, not in each value',
};

/**
 * What a LogPoint search makes of each feature. Points that LogPoint's documentation leaves open are assumptions of the
 * text that touches them (`assumptions.ts`), not losses.
 */
export const capabilities: Capabilities = {
  constant: 'exact',
  'like.uncased': 'exact',
  'like.cased': wider('LogPoint compares values without regard to case'),
  'like.one': 'exact',
  'like.inner-many': 'exact',
  'like.literal-wildcard': wider('LogPoint has no escape for `*` and `?`, so `?` stands in for either'),
  'like.empty': 'exact',
  term: wider('LogPoint has no whole words inside of a field, so the word is sought anywhere in it'),
  regex: 'exact',
  'regex.fold': 'exact',
  'regex.look': 'exact',
  'regex.backref': 'exact',
  equal: 'exact',
  compare: 'exact',
  'compare.time': refused(
    'parts of a date are read from `log_ts` and `col_ts` alone, with functions that are not modelled',
  ),
  'cidr.v4': wider('LogPoint compares addresses as texts, and the beginning of an address may also begin another text'),
  'cidr.v6': refused('LogPoint compares addresses as texts, and an IPv6 address has many spellings'),
  present: 'exact',
  exists: { effect: 'narrower', why: 'a field that holds null is no field in LogPoint' },
  'same-as': refused('a LogPoint search compares a field with values, never with another field'),
  keyword: inMessage,
  'keyword.regex': refused('`process regex` looks at one field, not at all of them'),
  rendered: inMessage,
  not: 'exact',
  'stage.derive': refused('computed fields are not modelled for LogPoint'),
  'stage.gather': refused('LogPoint joins two searches at a time, in forms that are not modelled'),
  'stage.summarize': 'exact',
  'stage.having': 'exact',
  'stage.sequence': refused("LogPoint's pattern finding (`followed by`) is not modelled"),
  'stage.keep': 'exact',
};
