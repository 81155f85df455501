import type { Capabilities, Capability } from '../dialect.ts';

const refused = (why: string): Capability => ({ effect: 'refused', why });
const filter = refused('it is written as a filter, without the operators that count and order rows');

/** Why a text that is missing can't be told from an empty one. */
export const noNull = 'a text column has no null: Kusto keeps a missing text as an empty one';

/** What Kusto makes of each feature. A column's type decides how a test is written, not whether it can be. */
export const capabilities: Capabilities = {
  constant: 'exact',
  'like.uncased': 'exact',
  'like.cased': 'exact',
  'like.one': 'exact',
  'like.inner-many': 'exact',
  'like.literal-wildcard': 'exact',
  'like.empty': { effect: 'wider', why: noNull },
  term: 'exact',
  regex: 'exact',
  'regex.fold': 'exact',
  'regex.look': refused("Kusto's regular expressions are those of an automaton, without look-around"),
  'regex.backref': refused("Kusto's regular expressions are those of an automaton, without back references"),
  equal: 'exact',
  compare: 'exact',
  'compare.time': 'exact',
  'cidr.v4': 'exact',
  'cidr.v6': 'exact',
  present: { effect: 'narrower', why: noNull },
  exists: {
    effect: 'narrower',
    why: 'a column is there in every row, and holds nothing where the field is null or missing',
  },
  'same-as': { effect: 'narrower', why: noNull },
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
