import type { Capabilities, Capability } from '../dialect.ts';

const refused = (why: string): Capability => ({ effect: 'refused', why });
const filter = refused('grep selects lines one by one');

/** What `grep -P` over lines of JSON makes of each feature. */
export const capabilities: Capabilities = {
  constant: 'exact',
  'like.uncased': 'exact',
  'like.cased': 'exact',
  'like.one': 'exact',
  'like.inner-many': 'exact',
  'like.literal-wildcard': 'exact',
  'like.empty': 'exact',
  term: refused('the border of a word can not be told beside a character that JSON escapes'),
  regex: 'exact',
  'regex.fold': 'exact',
  'regex.look': refused('a look-around would have to look at parts of a value that JSON escapes'),
  'regex.backref': refused('a back-reference can not be said beside the tests of other fields'),
  equal: 'exact',
  compare: refused('grep compares texts, and a number has many spellings'),
  'compare.time': refused('grep compares texts, and a date has many spellings'),
  'cidr.v4': 'exact',
  'cidr.v6': refused('an IPv6 address has many spellings'),
  present: 'exact',
  exists: 'exact',
  'same-as': refused('two fields may stand in either order, and JSON writes equal values in several ways'),
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
