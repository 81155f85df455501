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

/**
 * Where a value of one vocabulary is found in the next.
 *
 * A text is a new name. `either`: any of several fields holds it. `inside`: it is the value of `key` in a list such as
 * `MD5=..,IMPHASH=..`. `hex`: the number is written in hexadecimal with `0x`. `absent`: no field holds it.
 */
export type Mapping =
  | string
  | { readonly kind: 'either'; readonly names: readonly string[] }
  | { readonly kind: 'inside'; readonly field: string; readonly key: string }
  | { readonly kind: 'hex'; readonly field: string }
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

/** Null where the schema has no such field. `channelPrefix` stands before a channel's name: `WinEventLog:`. */
export interface SourceFields {
  readonly channel: string | null;
  readonly channelPrefix: string;
  readonly eventId: string | null;
  readonly provider: string | null;
}

/** The type of a field by the profile's own name for it. */
export function typeOf(profile: Profile, field: string): FieldType {
  return Object.hasOwn(profile.types, field) ? profile.types[field]! : profile.defaultType;
}
