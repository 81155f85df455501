import type { Capabilities, Capability } from '../dialect.ts';

const refused = (why: string): Capability => ({ effect: 'refused', why });
const filter = refused('Where-Object looks at one event at a time');

/** What PowerShell makes of each feature, with `Get-WinEvent` and the event's XML. */
export const capabilities: Capabilities = {
  constant: 'exact',
  'like.uncased': 'exact',
  'like.cased': 'exact',
  'like.one': 'exact',
  'like.inner-many': 'exact',
  'like.literal-wildcard': 'exact',
  'like.empty': 'exact',
  term: refused('the borders of words are not written out'),
  regex: 'exact',
  'regex.fold': 'exact',
  'regex.look': 'exact',
  'regex.backref': 'exact',
  equal: 'exact',
  compare: 'exact',
  'compare.time': refused('a date has many spellings, of which PowerShell takes those of its culture'),
  'cidr.v4': 'exact',
  'cidr.v6': refused('an IPv6 address has many spellings'),
  present: 'exact',
  exists: { effect: 'narrower', why: 'the XML of an event has no null: a field without a value is not there' },
  'same-as': refused('a field holds a list of values, which PowerShell compares with one value only'),
  keyword: 'exact',
  'keyword.regex': 'exact',
  rendered: 'exact',
  not: 'exact',
  'stage.derive': filter,
  'stage.gather': filter,
  'stage.summarize': filter,
  'stage.having': filter,
  'stage.sequence': filter,
  'stage.keep': filter,
};
