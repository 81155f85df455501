import type { Feature } from '../../ir/features.ts';
import type { FieldType, Profile } from '../../schema/profile.ts';
import type { Capabilities, Capability } from '../dialect.ts';

type Answers = { readonly [F in Feature]?: Capability };

const refused = (why: string): Capability => ({ effect: 'refused', why });
const wider = (why: string): Capability => ({ effect: 'wider', why });

/** What KQL makes of a feature on a field of this type. `print` asks for each field by itself. */
export function capability(feature: Feature, type: FieldType, profile: Profile): Capability {
  if (feature === 'keyword' && !isWhole(profile.defaultType))
    return refused('a test without a field finds parts of texts in keyword fields only, and most fields are none');
  return byType(type)[feature] ?? everywhere[feature];
}

/** Answers for fields of the profile's default type; a field of another type is answered for when it is printed. */
export function capabilities(profile: Profile): Capabilities {
  const features = Object.keys(everywhere) as Feature[];
  return Object.fromEntries(
    features.map((feature) => [feature, capability(feature, profile.defaultType, profile)]),
  ) as Capabilities;
}

/** Whether values of this type are kept as one term, in their case. */
export function isWhole(type: FieldType): boolean {
  return type.kind === 'wildcard' || (type.kind === 'keyword' && !type.folded);
}

const noExpressions = refused('KQL has no regular expressions (elastic/kibana#68378)');
const noStages = refused('KQL is a filter: it has no stages after it');

/** Answers where the type of the field does not give another. */
const everywhere: Capabilities = {
  constant: 'exact',
  'like.uncased': 'exact',
  'like.cased': 'exact',
  'like.one': wider('KQL has no sign for exactly one character, so `*` stands in for it'),
  'like.inner-many': 'exact',
  'like.literal-wildcard': 'exact',
  'like.empty': 'exact',
  term: wider('KQL knows no whole words inside of a field, so the word is sought anywhere in it'),
  regex: noExpressions,
  'regex.fold': noExpressions,
  'regex.look': noExpressions,
  'regex.backref': noExpressions,
  equal: 'exact',
  compare: 'exact',
  'compare.time': refused('KQL can compare points in time, but not their hour or weekday'),
  'cidr.v4': 'exact',
  'cidr.v6': 'exact',
  present: 'exact',
  exists: {
    effect: 'narrower',
    why: 'Elasticsearch does not index null, so a field that holds null counts as missing',
  },
  'same-as': refused('KQL compares a field with values, never with another field'),
  keyword: 'exact',
  'keyword.regex': noExpressions,
  rendered: refused('Elasticsearch keeps fields, not the event as one text'),
  not: 'exact',
  'stage.derive': noStages,
  'stage.gather': noStages,
  'stage.summarize': noStages,
  'stage.having': noStages,
  'stage.sequence': noStages,
  'stage.keep': noStages,
};

/** Of one term, in its case. */
const whole: Answers = {
  'like.uncased': { effect: 'narrower', why: 'a keyword field keeps case, and KQL has no way to ignore it' },
  compare: refused('on a keyword field a range compares texts, so 10 comes before 9; it needs a number field'),
  'cidr.v4': wider('the field holds texts, and the beginning of an address may also begin another text'),
  'cidr.v6': refused('an IPv6 address has many spellings; it needs a field of type ip'),
};

const folded: Answers = {
  ...whole,
  'like.uncased': 'exact',
  'like.cased': wider('the field is lower-cased when it is indexed'),
};

const lostOrder = wider('the field is indexed as words: their order, and what stands between them, is lost');
const words: Answers = {
  'like.uncased': lostOrder,
  'like.cased': lostOrder,
  'like.one': lostOrder,
  'like.inner-many': lostOrder,
  'like.literal-wildcard': lostOrder,
  'like.empty': refused('the field is indexed as words, and the empty text has none'),
  term: lostOrder,
  equal: lostOrder,
  compare: refused('the field is indexed as words, not as a number'),
  'cidr.v4': refused('the field is indexed as words, not as an address'),
  'cidr.v6': refused('the field is indexed as words, not as an address'),
};

/** Types that take whole values only, so nothing that looks inside of a text, and these kinds of tests not at all. */
function values(what: string, never: readonly Feature[]): Answers {
  const why = refused(`the field holds ${what}, which Elasticsearch does not search as text`);
  const inside: readonly Feature[] = ['like.empty', 'like.one', 'like.inner-many', 'like.literal-wildcard', 'term'];
  return Object.fromEntries([...inside, ...never].map((feature) => [feature, why]));
}

const number = values('numbers', ['cidr.v4', 'cidr.v6']);
const boolean = values('true or false', ['compare', 'cidr.v4', 'cidr.v6']);
const ip = values('addresses', ['compare', 'equal']);
const date = values('points in time', ['compare', 'equal', 'like.uncased', 'like.cased', 'cidr.v4', 'cidr.v6']);

function byType(type: FieldType): Answers {
  switch (type.kind) {
    case 'keyword':
      return type.folded ? folded : whole;
    case 'wildcard':
      return whole;
    case 'text':
      return words;
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
