import type { Feature } from '../../ir/features.ts';
import type { FieldType, Profile } from '../../schema/profile.ts';
import type { Capabilities, Capability } from '../dialect.ts';

/** What Lucene makes of a feature on a field of this type. `print` asks for each field by itself. */
export function capability(feature: Feature, type: FieldType, profile: Profile): Capability {
  if (feature === 'keyword' || feature === 'keyword.regex') return keywordCapability(profile);
  return everywhere[feature] ?? byType(type)[feature] ?? 'exact';
}

/** Answers for fields of the profile's default type; a field of another type is answered for when it is printed. */
export function capabilities(profile: Profile): Capabilities {
  return Object.fromEntries(
    features.map((feature) => [feature, capability(feature, profile.defaultType, profile)]),
  ) as Capabilities;
}

type Answers = { readonly [F in Feature]?: Capability };

const refused = (why: string): Capability => ({ effect: 'refused', why });
const wider = (why: string): Capability => ({ effect: 'wider', why });

const noStages = refused('a query_string is a filter: it has no stages after it');

/** Answers that no field type changes. */
const everywhere: Answers = {
  exists: {
    effect: 'narrower',
    why: 'Elasticsearch does not index null, so a field that holds null counts as missing',
  },
  'regex.backref': refused('Lucene matches with an automaton, which has no back references'),
  'compare.time': refused('query_string can compare points in time, but not their hour or weekday'),
  'same-as': refused('query_string compares a field with values, never with another field'),
  rendered: refused('Elasticsearch keeps fields, not the event as one text'),
  'stage.derive': noStages,
  'stage.gather': noStages,
  'stage.summarize': noStages,
  'stage.having': noStages,
  'stage.sequence': noStages,
  'stage.keep': noStages,
};

const asText = refused('on a keyword field a range compares texts, so 10 comes before 9; it needs a number field');
const sixSpellings = refused('an IPv6 address has many spellings; it needs a field of type ip');
const asciiWords = wider('only ASCII letters and digits count as parts of words');

const keyword: Answers = { compare: asText, 'cidr.v6': sixSpellings, term: asciiWords };

const lowered = wider('the field is lower-cased when it is indexed');
const loweredRegex = refused('the normaliser lower-cases the expression itself: `[^A-Z]` would become `[^a-z]`');
const folded: Answers = { ...keyword, 'like.cased': lowered, regex: loweredRegex, 'regex.fold': loweredRegex };

const words = wider('the field is indexed as words: their order, and what stands between them, is lost');
const noRegex = refused('the field is indexed as words, and an expression would look at one word at a time');
const text: Answers = {
  'like.uncased': words,
  'like.cased': words,
  'like.one': words,
  'like.inner-many': words,
  'like.literal-wildcard': words,
  'like.empty': refused('the field is indexed as words, and the empty text has none'),
  term: words,
  equal: words,
  regex: noRegex,
  'regex.fold': noRegex,
  'regex.look': noRegex,
  compare: refused('the field is indexed as words, not as a number'),
  'cidr.v4': refused('the field is indexed as words, not as an address'),
  'cidr.v6': refused('the field is indexed as words, not as an address'),
};

/** Types that take whole values only, so nothing that looks inside a text. */
function whole(what: string): Answers {
  const why = refused(`the field holds ${what}, which Elasticsearch does not search as text`);
  return {
    'like.empty': why,
    'like.one': why,
    'like.inner-many': why,
    'like.literal-wildcard': why,
    regex: why,
    term: why,
  };
}

const number: Answers = { ...whole('numbers'), 'cidr.v4': asNo('numbers'), 'cidr.v6': asNo('numbers') };
const boolean: Answers = {
  ...whole('true or false'),
  compare: asNo('true or false'),
  'cidr.v4': asNo('true or false'),
  'cidr.v6': asNo('true or false'),
};
const ip: Answers = { ...whole('addresses'), compare: asNo('addresses'), equal: asNo('addresses') };
const date: Answers = {
  ...whole('points in time'),
  compare: asNo('points in time'),
  equal: asNo('points in time'),
  'like.uncased': asNo('points in time'),
  'like.cased': asNo('points in time'),
  'cidr.v4': asNo('points in time'),
  'cidr.v6': asNo('points in time'),
};

function asNo(what: string): Capability {
  return refused(`the field holds ${what}`);
}

function byType(type: FieldType): Answers {
  switch (type.kind) {
    case 'keyword':
      return type.folded ? folded : keyword;
    case 'wildcard':
      return keyword;
    case 'text':
      return text;
    case 'number':
      return number;
    case 'boolean':
      return boolean;
    case 'ip':
      return ip;
    case 'date':
      return date;
  }
}

/** A test without a field runs over the default field `*`; where most fields are words, it finds no parts of texts. */
function keywordCapability({ defaultType }: Profile): Capability {
  if (defaultType.kind === 'wildcard' || (defaultType.kind === 'keyword' && !defaultType.folded)) return 'exact';
  return refused('a test without a field finds parts of texts in keyword fields only, and most fields are none');
}

const features: readonly Feature[] = [
  'constant', 'like.uncased', 'like.cased', 'like.one', 'like.inner-many', 'like.literal-wildcard', 'like.empty', 'term',
  'regex', 'regex.fold', 'regex.look', 'regex.backref', 'equal', 'compare', 'compare.time', 'cidr.v4', 'cidr.v6',
  'present', 'exists', 'same-as', 'keyword', 'keyword.regex', 'rendered', 'not', 'stage.derive', 'stage.gather',
  'stage.summarize', 'stage.having', 'stage.sequence', 'stage.keep',
]; // prettier-ignore
