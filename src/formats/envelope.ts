import type { Lack } from '../dialects/dialect.ts';
import type { Detection } from '../ir/detection.ts';
import type { Feature } from '../ir/features.ts';
import type { Stage } from '../ir/query.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Source } from '../text/source.ts';
import type { Offsets } from './offsets.ts';

/**
 * A text that carries queries of a language to a product and says what is to be done with their hits: a watch, a saved
 * search. Plain functions; neither throws, whatever it is given.
 */
export interface Envelope {
  readonly name: string;
  /** The vendor's page that defines it. */
  readonly reference: string;
  /** Of files that hold one, without the dot. */
  readonly extension: string;
  /** What the query language is asked for: the filter alone, if the envelope has words of its own for what comes after. */
  readonly carries: 'filter' | 'query';
  /** What a person may decide. */
  readonly settings: readonly Setting[];
  wrap(content: Content): Wrapped;
  unwrap(source: Source): Unwrapped;
}

/** Something that no rule says and that each site answers in its own way, with a usual answer. */
export interface Setting {
  readonly name: string;
  readonly what: string;
  readonly usual: string;
  /** Why a value will not do, or undefined. */
  fault(value: string): string | undefined;
}

/** Values of settings by name; those that are not here are the usual ones. */
export type Settings = Readonly<Record<string, string>>;

/** One query of a detection, printed, on its way into an envelope. */
export interface Content {
  readonly text: string;
  /** What the text leaves to the envelope; empty for one that carries whole queries. */
  readonly then: readonly Stage[];
  readonly detection: Detection;
  /** Which query of the detection it is, from 1. */
  readonly number: number;
  readonly settings: Settings;
}

/** The whole text, with what the envelope loses; or why it can't carry the query. */
export type Wrapped =
  | { readonly kind: 'text'; readonly text: string; readonly losses: readonly EnvelopeLoss[] }
  | { readonly kind: 'refused'; readonly losses: readonly EnvelopeLoss[] };

export interface EnvelopeLoss extends Lack {
  readonly feature: Feature;
}

/**
 * What an envelope was found to carry: several queries are a union. There are none where a diagnostic is an error.
 * `premises` are what the envelope's own doings rest on, in sentences.
 */
export interface Unwrapped {
  readonly inner: readonly Inner[];
  readonly diagnostics: readonly Diagnostic[];
  readonly premises: readonly string[];
}

/** A query as the product will see it, every level of quotes undone. */
export interface Inner {
  readonly text: string;
  /** Where the text stands in the envelope. */
  readonly offsets: Offsets;
  /** Fields without which an event is passed over: a filter on time finds no event that lacks its field. */
  readonly needs: readonly string[];
  /** What the envelope does after the filter. */
  readonly then: readonly Stage[];
}

/** The value of a setting; the usual one where none was chosen, or one that will not do, which whoever asks has to say. */
export function settingOf(settings: readonly Setting[], chosen: Settings, name: string): string {
  const setting = settings.find((each) => each.name === name);
  const value = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
  if (value !== undefined && setting?.fault(value) === undefined) return value;
  return setting?.usual ?? '';
}
