import { parseDocument } from 'yaml';
import type { ColumnType, FieldType, Mapping, Profile, SourceFields, Table } from '../../schema/profile.ts';
import { kindNames } from '../../schema/log-sources.ts';
import { findProfile, profiles } from '../../schema/profiles/index.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import { nearest } from '../sigma/nearest.ts';
import { booleanOf, entriesOf, fail, isList, isText, itemsOf, numberOf, recordOf, textOf, textOrNull } from './tree.ts';
import type { Place } from './tree.ts';

/** A profile and nothing to complain of, or none and at least one error. */
export interface ReadProfile {
  readonly profile: Profile | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Characters that a file may have; the largest profile that ships has 50,000. */
const LONGEST = 1_000_000;

/** Reads a person's own mapping file; this folder's README is its documentation. Never throws. */
export function readProfile(source: Source): ReadProfile {
  const whole = { start: 0, end: Math.min(source.text.length, 1) };
  const faulty = (code: string, message: string, span = whole): ReadProfile => ({
    profile: null,
    diagnostics: [{ code: `profile/${code}`, severity: 'error', message, source, span }],
  });
  if (source.text.length > LONGEST) return faulty('too-large', `a profile has at most ${LONGEST} characters`);
  try {
    const document = parseDocument(source.text, { prettyErrors: false });
    const [error] = document.errors;
    if (error)
      return faulty('yaml', error.message, { start: error.pos[0], end: Math.max(error.pos[1], error.pos[0] + 1) });
    if (document.contents === null) return faulty('empty', 'the file is empty; a profile needs at least a name');
    return { profile: profileOf({ source, node: document.contents }), diagnostics: [] };
  } catch (fault) {
    if (fault instanceof SyntaxFault) return { profile: null, diagnostics: [fault.diagnostic] };
    return faulty('yaml', `the file can't be read: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}

const keys = [
  'name',
  'title',
  'reference',
  'extends',
  'prefix',
  'spelling',
  'userPrefix',
  'vocabulary',
  'fields',
  'byKind',
  'source',
  'types',
  'defaultType',
  'holds',
  'tables',
  'closed',
  'derived',
  'multiValued',
  'assumptions',
] as const;

function profileOf(place: Place): Profile {
  const file = recordOf(place, keys);
  if (!file.name) return fail(place, 'no-name', 'a profile needs a name', 'name: our-lake');
  const name = textOf(file.name);
  const from = file.extends ? extended(file.extends) : profiles.raw;
  const vocabulary = file.vocabulary
    ? wordOf(file.vocabulary, ['own', 'sigma'] as const)
    : file.extends
      ? from.vocabulary
      : 'own';
  return {
    name,
    title: file.title ? textOf(file.title) : name,
    reference: file.reference ? textOf(file.reference) : from.reference,
    fields: { ...from.fields, ...(file.fields && mappingsOf(file.fields)) },
    prefix: file.prefix ? textOf(file.prefix) : from.prefix,
    ...optional('spelling', file.spelling ? wordOf(file.spelling, ['snake'] as const) : from.spelling),
    ...optional('userPrefix', file.userPrefix ? textOf(file.userPrefix) : from.userPrefix),
    byKind: withKinds(from.byKind ?? {}, file.byKind),
    ...optional('vocabulary', vocabulary),
    ...optional(
      'holds',
      file.holds ? { ...from.holds, ...ofKinds(file.holds, (kind) => mapOf(kind, toldOf)) } : from.holds,
    ),
    ...optional('tables', file.tables ? { ...from.tables, ...mapOf(file.tables, tableOf) } : from.tables),
    ...optional('closed', file.closed ? booleanOf(file.closed) : from.closed),
    ...optional('derived', file.derived ? { ...from.derived, ...mappingsOf(file.derived) } : from.derived),
    source: file.source ? sourceOf(file.source, from.source) : from.source,
    types: { ...from.types, ...(file.types && mapOf(file.types, typeOf)) },
    defaultType: file.defaultType ? typeOf(file.defaultType) : from.defaultType,
    multiValued: file.multiValued ? itemsOf(file.multiValued).map(textOf) : from.multiValued,
    assumptions: file.assumptions ? itemsOf(file.assumptions).map(textOf) : file.extends ? from.assumptions : [],
  };
}

function optional<K extends keyof Profile>(key: K, value: Profile[K] | undefined): Partial<Pick<Profile, K>> {
  return value === undefined ? {} : ({ [key]: value } as Pick<Profile, K>);
}

/** A number is read as one where it is written without quotes. */
function valueOf(place: Place): string | number {
  return numberOf(place) ?? textOf(place);
}

/** A value, or several of which any is told by. */
function toldOf(place: Place): string | number | readonly (string | number)[] {
  return isList(place) ? itemsOf(place).map(valueOf) : valueOf(place);
}

const columnTypes = ['string', 'int', 'long', 'real', 'bool', 'datetime', 'dynamic', 'guid'] as const;

function tableOf(place: Place): Table {
  const { columns, fields, prefix } = recordOf(place, ['columns', 'fields', 'prefix']);
  return {
    columns: columns ? mapOf(columns, (type): ColumnType => wordOf(type, columnTypes)) : {},
    fields: fields ? mappingsOf(fields) : {},
    prefix: prefix ? textOrNull(prefix) : null,
  };
}

function extended(place: Place): Profile {
  const name = textOf(place);
  return (
    findProfile(name) ??
    fail(place, 'unknown-profile', `there is no profile '${name}'`, `there are ${Object.keys(profiles).join(', ')}`)
  );
}

type Mappings = Readonly<Record<string, Mapping>>;

function withKinds(
  from: Readonly<Record<string, Mappings>>,
  place: Place | undefined,
): Readonly<Record<string, Mappings>> {
  if (!place) return from;
  const own = ofKinds(place, mappingsOf);
  return {
    ...from,
    ...Object.fromEntries(Object.entries(own).map(([kind, mappings]) => [kind, { ...from[kind], ...mappings }])),
  };
}

/** A map by kinds of events; a misspelt one would be a mapping that nobody applies. */
function ofKinds<T>(place: Place, read: (value: Place) => T): Record<string, T> {
  const known = kindNames();
  for (const { name, key } of entriesOf(place)) {
    const kind = name.replace(/ \d+$/, '');
    if (known.includes(name) || known.includes(kind)) continue;
    const longer = known.filter((each) => each.startsWith(name)).slice(0, 4);
    const near = longer.length > 0 ? longer.join(', ') : nearest(name, known);
    // A log of category `application` is called as its product, whatever that is.
    if (name.includes('/') || near !== undefined) {
      const hint = near === undefined ? 'kinds are called sysmon/1, security/4688, aws.cloudtrail' : `there is ${near}`;
      fail(key, 'unknown-kind', `no kind of events is called '${name}'`, hint);
    }
  }
  return mapOf(place, read);
}

function mapOf<T>(place: Place, read: (value: Place) => T): Record<string, T> {
  return Object.fromEntries(entriesOf(place).map(({ name, value }) => [name, read(value)]));
}

function mappingsOf(place: Place): Mappings {
  return mapOf(place, (value) => mappingOf(value, 0));
}

const shapes = {
  either: ['of'],
  inside: ['field', 'key'],
  list: ['fields'],
  last: ['field', 'by'],
  element: ['field', 'name'],
  joined: ['left', 'by', 'right'],
  hex: ['field'],
  coded: ['field', 'codes'],
  told: ['field', 'codes'],
  registry: ['field', 'type'],
  absent: ['why'],
} as const satisfies Record<Exclude<Mapping, string>['kind'], readonly string[]>;

/** Levels of `either` within `either` that make sense are two. */
const DEEPEST = 8;

function mappingOf(place: Place, depth: number): Mapping {
  if (isText(place)) return textOf(place);
  if (depth > DEEPEST) fail(place, 'too-deep', `a mapping is nested more than ${DEEPEST} levels deep`);
  const given = new Map(entriesOf(place).map((entry) => [entry.name, entry]));
  const named = given.get('kind')?.value ?? fail(place, 'no-kind', "a mapping is a name, or a map with its 'kind'");
  const kind = wordOf(named, Object.keys(shapes) as (keyof typeof shapes)[]);
  const wanted: readonly string[] = ['kind', ...shapes[kind]];
  for (const { name, key } of given.values())
    if (!wanted.includes(name)) fail(key, 'unknown-key', `'${kind}' has no '${name}'`, `it has ${wanted.join(', ')}`);
  const part = (name: string) => given.get(name)?.value ?? fail(place, 'missing-key', `'${kind}' needs '${name}'`);
  switch (kind) {
    case 'either':
      return { kind, of: itemsOf(part('of')).map((one) => mappingOf(one, depth + 1)) };
    case 'inside':
      return { kind, field: textOf(part('field')), key: textOf(part('key')) };
    case 'list':
      return { kind, fields: mapOf(part('fields'), textOf) };
    case 'joined':
      return { kind, left: textOf(part('left')), by: jointOf(part('by')), right: textOf(part('right')) };
    case 'last':
      return { kind, field: textOf(part('field')), by: lastOf(part('by')) };
    case 'element':
      return { kind, field: textOf(part('field')), name: textOf(part('name')) };
    case 'hex':
      return { kind, field: textOf(part('field')) };
    case 'coded':
    case 'told':
      return { kind, field: textOf(part('field')), codes: mapOf(part('codes'), textOf) };
    case 'registry':
      return { kind, field: textOf(part('field')), type: textOf(part('type')) };
    case 'absent':
      return { kind, why: textOf(part('why')) };
  }
}

function jointOf(place: Place): string {
  const text = textOf(place);
  // Without a joint that no number holds, a test of a number could be true of the joined text.
  return /[^\w.+-]/.test(text)
    ? text
    : fail(place, 'joint', "'by' needs a character that is no letter, digit, dot or sign");
}

function lastOf(place: Place): string {
  const text = textOf(place);
  return [...text].length === 1 && text !== '\0' ? text : fail(place, 'joint', "'by' needs exactly one character");
}

const sourceKeys = ['channel', 'channelPrefix', 'verbatim', 'eventId', 'provider'] as const;

function sourceOf(place: Place, from: SourceFields): SourceFields {
  const given = recordOf(place, sourceKeys);
  const prefix = given.channelPrefix;
  return {
    channel: given.channel ? textOrNull(given.channel) : from.channel,
    channelPrefix: prefix ? (isList(prefix) ? itemsOf(prefix).map(textOf) : textOf(prefix)) : from.channelPrefix,
    verbatim: given.verbatim ? booleanOf(given.verbatim) : from.verbatim,
    eventId: given.eventId ? textOrNull(given.eventId) : from.eventId,
    provider: given.provider ? textOrNull(given.provider) : from.provider,
  };
}

const kinds = ['keyword', 'wildcard', 'text', 'number', 'boolean', 'ip', 'date'] as const;

function typeOf(place: Place): FieldType {
  if (isText(place)) return plainType(wordOf(place, kinds));
  const { kind, folded, analyzer } = recordOf(place, ['kind', 'folded', 'analyzer']);
  const named = kind ? wordOf(kind, kinds) : fail(place, 'no-kind', "a type is a word, or a map with its 'kind'");
  if (folded && named !== 'keyword') fail(folded, 'unknown-key', `'folded' is said of a keyword, not of '${named}'`);
  if (analyzer && named !== 'text') fail(analyzer, 'unknown-key', `'analyzer' is said of a text, not of '${named}'`);
  if (folded) return { kind: 'keyword', folded: booleanOf(folded) };
  if (analyzer) return { kind: 'text', analyzer: wordOf(analyzer, ['standard', 'whitespace'] as const) };
  return plainType(named);
}

function plainType(kind: (typeof kinds)[number]): FieldType {
  if (kind === 'keyword') return { kind, folded: false };
  return kind === 'text' ? { kind, analyzer: 'standard' } : { kind };
}

function wordOf<W extends string>(place: Place, words: readonly W[]): W {
  const text = textOf(place);
  return (
    words.find((word) => word === text) ??
    fail(place, 'unknown-word', `'${text}' is not known here`, `known are ${words.join(', ')}`)
  );
}
