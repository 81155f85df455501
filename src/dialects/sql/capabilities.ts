import type { Capabilities, Capability } from '../dialect.ts';

const refused = (why: string): Capability => ({ effect: 'refused', why });
const filter = refused('it is written as one WHERE clause, a filter without stages');

/** What DuckDB makes of each feature, on columns of text. */
export const duckdbCapabilities: Capabilities = {
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
  'regex.look': refused('RE2, which DuckDB matches with, has no look-around'),
  'regex.backref': refused('RE2, which DuckDB matches with, has no back references'),
  equal: 'exact',
  compare: 'exact',
  'compare.time': refused('columns hold dates as texts, in more forms than DuckDB casts'),
  'cidr.v4': 'exact',
  'cidr.v6': refused('an IPv6 address has many spellings, and the extension that reads them is not part of DuckDB'),
  present: 'exact',
  exists: {
    effect: 'narrower',
    why: 'a column that is there holds NULL for a field that is null as for one that is missing',
  },
  'same-as': {
    effect: 'differs',
    why: 'lower() is not Unicode folding: it tells the long s from s, and not the dotted I from i',
    within: 'non-ascii-folding',
  },
  keyword: 'exact',
  'keyword.regex': 'exact',
  rendered: refused('a table has columns, not the event as one text'),
  not: 'exact',
  'stage.derive': filter,
  'stage.gather': filter,
  'stage.summarize': filter,
  'stage.having': filter,
  'stage.sequence': filter,
  'stage.keep': filter,
};
