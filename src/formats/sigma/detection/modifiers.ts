import type { Order, TimePart } from '../../../ir/predicate.ts';
import type { RegexFlags } from '../../../ir/regex/tree.ts';
import type { Coding } from './encodings.ts';

/** What a modifier does to an item; `with` of a test names the roles that may stand beside it. */
export type Modifier =
  | { readonly role: 'link'; readonly link: 'all' | 'neq' }
  | { readonly role: 'case' }
  | { readonly role: 'wrap'; readonly wrap: Wrap }
  | { readonly role: 'coding'; readonly coding: Coding }
  | { readonly role: 'encode'; readonly encode: 'base64' | 'base64offset' }
  | { readonly role: 'windash' }
  | { readonly role: 'expand' }
  | { readonly role: 'flag'; readonly flag: keyof RegexFlags }
  | { readonly role: 'test'; readonly test: 'regex' | 'cidr' | 'exists' | 'fieldref' }
  | { readonly role: 'order'; readonly order: Order }
  | { readonly role: 'part'; readonly part: TimePart };

export type Role = Modifier['role'];
export type Wrap = 'contains' | 'startswith' | 'endswith';

/**
 * Every modifier of Sigma 2.1 (sigma-appendix-modifiers), and the three long names of regex flags that pySigma takes.
 * A modifier is a line here; what values become under it is in `texts.ts` and `tests.ts`.
 */
export const modifiers: Readonly<Record<string, Modifier>> = {
  all: { role: 'link', link: 'all' },
  neq: { role: 'link', link: 'neq' },
  cased: { role: 'case' },
  contains: { role: 'wrap', wrap: 'contains' },
  startswith: { role: 'wrap', wrap: 'startswith' },
  endswith: { role: 'wrap', wrap: 'endswith' },
  wide: { role: 'coding', coding: 'utf16le' },
  utf16le: { role: 'coding', coding: 'utf16le' },
  utf16be: { role: 'coding', coding: 'utf16be' },
  utf16: { role: 'coding', coding: 'utf16' },
  base64: { role: 'encode', encode: 'base64' },
  base64offset: { role: 'encode', encode: 'base64offset' },
  windash: { role: 'windash' },
  expand: { role: 'expand' },
  re: { role: 'test', test: 'regex' },
  i: { role: 'flag', flag: 'ignoreCase' },
  m: { role: 'flag', flag: 'multiline' },
  s: { role: 'flag', flag: 'dotAll' },
  ignorecase: { role: 'flag', flag: 'ignoreCase' },
  multiline: { role: 'flag', flag: 'multiline' },
  dotall: { role: 'flag', flag: 'dotAll' },
  cidr: { role: 'test', test: 'cidr' },
  exists: { role: 'test', test: 'exists' },
  fieldref: { role: 'test', test: 'fieldref' },
  lt: { role: 'order', order: '<' },
  lte: { role: 'order', order: '<=' },
  gt: { role: 'order', order: '>' },
  gte: { role: 'order', order: '>=' },
  minute: { role: 'part', part: 'minute' },
  hour: { role: 'part', part: 'hour' },
  day: { role: 'part', part: 'day' },
  week: { role: 'part', part: 'week' },
  month: { role: 'part', part: 'month' },
  year: { role: 'part', part: 'year' },
};

/** What people write for a modifier of another name. */
export const synonyms: Readonly<Record<string, string>> = {
  regex: 're',
  regexp: 're',
  not: 'neq',
  ne: 'neq',
  eq: 'no modifier',
  equals: 'no modifier',
  cs: 'cased',
  beginswith: 'startswith',
  ip: 'cidr',
};

/** How the values of an item are tested. */
export type TestKind = 'text' | 'regex' | 'cidr' | 'exists' | 'fieldref' | 'compare';

/** Which roles may stand beside a test. Texts are tested where none of the others is named. */
export const company: Readonly<Record<TestKind, readonly Role[]>> = {
  text: ['link', 'case', 'wrap', 'coding', 'encode', 'windash', 'expand'],
  regex: ['link', 'flag', 'expand'],
  cidr: ['link', 'expand'],
  exists: [],
  fieldref: ['link', 'case', 'wrap'],
  compare: ['link', 'order', 'part'],
};

/** Why two things can't be combined, and what to write instead; by test and role. */
export const reasons: Readonly<Record<string, string>> = {
  'regex wrap': 'a regular expression is found anywhere in the value; anchor it with ^ or $ instead',
  'regex case': 'a regular expression is case-sensitive unless it has the modifier i',
  'regex windash': 'write the dashes as a class: [-/\u2013\u2014\u2015]',
  'text flag': 'i, m and s belong behind re',
  'exists link': 'write exists: false, or negate the selection in the condition',
};
