import type { Pipeline } from './pipeline.ts';

/**
 * How one product's schema names, types and transforms what Sigma's taxonomy names: data, chosen by `--fields`.
 *
 * A predicate travels in three vocabularies: Sigma's (`Image`), the event's own (`NewProcessName` in Security 4688) and
 * the profile's (`winlog.event_data.NewProcessName`). Event kinds (`log-sources.ts`) hold the first step, a profile the
 * second; `passes/` walks both, in both directions.
 */
export interface Profile {
  readonly name: string;
  readonly title: string;
  /** The product's own documentation of these names. */
  readonly reference: string;
  /** Event's own name -> the profile's; a name that is not here gets `prefix`. */
  readonly fields: Readonly<Record<string, Mapping>>;
  /** Put before every name that `fields` does not list: `winlog.event_data.`. */
  readonly prefix: string;
  /** `snake`: a name that `fields` does not list is written in small letters, `_` between its words: `service_type`. */
  readonly spelling?: 'snake';
  /** In place of `prefix` for events that carry their values under `UserData`; without it, `prefix` serves them too. */
  readonly userPrefix?: string;
  /**
   * By the name of an event kind: Sigma's name -> the profile's, in place of both steps. For schemas that normalise
   * (ECS writes 4688's process ids in decimal), and for events that are not Windows events at all, whose names are
   * otherwise taken as they stand.
   */
  readonly byKind?: Readonly<Record<string, Readonly<Record<string, Mapping>>>>;
  /**
   * The kinds of events that the schema holds, by name, each with fields and the values by which they are told from
   * others (of several, any), in place of `source`; a kind that is not listed is not there. A table is told by the field
   * `tableField`. Without `holds`, the schema holds every kind.
   */
  readonly holds?: Readonly<Record<string, Telling>>;
  /** The tables that `holds` names, for schemas that keep their events in several. */
  readonly tables?: Readonly<Record<string, Table>>;
  /** A name that neither `fields` nor `byKind` lists has no field in this schema. */
  readonly closed?: boolean;
  /**
   * Names that the schema computes, and where their values come from in Sigma's names: `process.name` is the `last`
   * part of `Image`. Read when texts are led back to Sigma's names; rules are never mapped onto them.
   */
  readonly derived?: Readonly<Record<string, Mapping>>;
  /** `sigma`: events of every kind were given Sigma's names, so a kind's own names do not occur. */
  readonly vocabulary?: 'own' | 'sigma';
  /** Leads from a rule's names and values to the schema's in place of all the above: nothing else is renamed or added. */
  readonly pipeline?: Pipeline;
  /** How an event kind is told apart: which fields hold its channel, event id and provider, and how values are written. */
  readonly source: SourceFields;
  /** Types that differ from `defaultType`, by the profile's own names. */
  readonly types: Readonly<Record<string, FieldType>>;
  readonly defaultType: FieldType;
  /** Fields that may hold several values, by the profile's own names. */
  readonly multiValued: readonly string[];
  /** What a query in this profile takes for granted, in sentences, shown with each verdict. */
  readonly assumptions: readonly string[];
}

/** The values by which events of a kind are told from others, by field; of several values, any may be there. */
export type Telling = Readonly<Record<string, string | number | readonly (string | number)[]>>;

/** A table: its columns, and by which of them a kind of events that it holds calls its fields. */
export interface Table {
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Event's own name -> a column, in place of the profile's `fields`, `prefix` and `closed`. */
  readonly fields: Readonly<Record<string, Mapping>>;
  /** Put before every name that `fields` does not list: `EventData.`; null: the table has no other fields. */
  readonly prefix: string | null;
}

/** Types of columns; of a `dynamic` one, which holds an object, `column.name` is a part. */
export type ColumnType = 'string' | 'int' | 'long' | 'real' | 'bool' | 'datetime' | 'dynamic' | 'guid';

/** The field by which a predicate names the table of an event, for languages that have tables and no field for it. */
export const tableField = '$table';

/**
 * Where a value of one vocabulary is found in the next.
 *
 * A text is a new name.
 * - `either`: any of several places holds it; a test holds if it holds in one of them.
 * - `inside`: it is the value of `key` in a list such as `MD5=..,IMPHASH=..`: from after `key=`, at the start or after
 *   a comma, to the next comma or the end. The key's case does not count.
 * - `list`: the reverse: it is such a list, but stored apart, a field for each key. The order of keys is not known.
 * - `element`: it is the text of an element `<name>` in the XML that the field holds; of several, any.
 * - `joined`: it is the value of `left`, `by`, and the value of `right`: `DOMAIN`, a backslash, `user`.
 * - `last`: it is what follows the last `by` (one character) in the field, or all of it: the file name in a path.
 * - `hex`: the field holds it, or writes the number in hexadecimal, as `0x1a4`.
 * - `coded`: the field holds it, or a code for it; `codes` maps the code to the text that it stands for.
 * - `told`: the field never holds it, but tells it by a code: `codes` maps the code to the text; other values tell nothing.
 * - `registry`: the field holds it, but a number of the registry, `DWORD (0x0000000a)`, in decimal, as `10`; `type` is the
 *   field that says `SZ_DWORD` of such numbers.
 * - `absent`: no field holds it.
 */
export type Mapping =
  | string
  | { readonly kind: 'either'; readonly of: readonly Mapping[] }
  | { readonly kind: 'inside'; readonly field: string; readonly key: string }
  | { readonly kind: 'list'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'joined'; readonly left: string; readonly by: string; readonly right: string }
  | { readonly kind: 'last'; readonly field: string; readonly by: string }
  | { readonly kind: 'element'; readonly field: string; readonly name: string }
  | { readonly kind: 'hex'; readonly field: string }
  | { readonly kind: 'coded'; readonly field: string; readonly codes: Readonly<Record<string, string>> }
  | { readonly kind: 'told'; readonly field: string; readonly codes: Readonly<Record<string, string>> }
  | { readonly kind: 'registry'; readonly field: string; readonly type: string }
  | { readonly kind: 'absent'; readonly why: string };

/** How values of a field are stored and searched. */
export type FieldType =
  | { readonly kind: 'keyword'; readonly folded: boolean } // one term; `folded`: a normaliser lower-cases it
  | { readonly kind: 'wildcard' } // one term, cased, made for patterns
  | { readonly kind: 'text'; readonly analyzer: 'standard' | 'whitespace' } // words
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'ip' }
  | { readonly kind: 'date' };

/**
 * Null where the schema has no such field. `channelPrefix` stands before a channel's name: `WinEventLog:`; of several,
 * any may.
 */
export interface SourceFields {
  readonly channel: string | null;
  readonly channelPrefix: string | readonly string[];
  /** Whether names of channels and providers are written as Windows writes them, and compared by case. */
  readonly verbatim: boolean;
  readonly eventId: string | null;
  readonly provider: string | null;
}

/** The type of a field by the profile's own name for it. */
export function typeOf(profile: Profile, field: string): FieldType {
  return Object.hasOwn(profile.types, field) ? profile.types[field]! : profile.defaultType;
}

/** The table that holds events of a kind, by the kind's name or, for one narrowed to an event id, its channel; or undefined. */
export function tableOf({ holds, tables }: Profile, kind: string, channel: string | null): Table | undefined {
  if (!holds || !tables) return undefined;
  const telling = [kind, channel ?? ''].filter((name) => Object.hasOwn(holds, name)).map((name) => holds[name]!)[0];
  const name = telling?.[tableField];
  return typeof name === 'string' && Object.hasOwn(tables, name) ? tables[name] : undefined;
}
