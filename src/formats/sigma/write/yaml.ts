import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Item, ItemValue } from './item.ts';
import { keyOf } from './selections.ts';

/** A part of a document on its way to text. */
export type Out = Scalar | YAMLMap | YAMLSeq;

/** A map with its keys in the order given; entries that are undefined are left out. */
export function map(entries: readonly (readonly [key: string, value: Out | undefined])[]): YAMLMap {
  const written = new YAMLMap();
  for (const [key, value] of entries) if (value !== undefined) written.items.push(new Pair(keyScalar(key), value));
  return written;
}

export function list(items: readonly Out[]): YAMLSeq {
  const written = new YAMLSeq();
  written.items.push(...items);
  return written;
}

/** Control characters and lone surrogates: only double quotes can say these in a file that others can read. */
const UNPRINTABLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** A text of a detection, always quoted: it is compared with logs, and no reader may take it for anything else. */
export function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = UNPRINTABLE.test(text) || text.includes('\n') || text.includes('\t') ? 'QUOTE_DOUBLE' : 'QUOTE_SINGLE';
  return scalar;
}

/** What YAML 1.1, which most readers of Sigma still speak, takes for a boolean, null or number. */
const TAKEN_WRONG =
  /^(?:y|n|yes|no|on|off|true|false|null|~|<<|=|[-+]?(?:0x[\da-f_]+|0b[01_]+|0o[0-7]+|\.?\d[\d_,]*(?:\.[\d_]*)?(?:e[-+]?\d+)?|\d+(?::[0-5]?\d)+(?:\.\d*)?|\.(?:inf|nan)))$/i;
const DATE = /^\d{4}[-/]\d{2}[-/]\d{2}$/;

/** A text of the metadata: plain where that is safe, a block where it has lines. */
export function text(value: string): Scalar {
  if (UNPRINTABLE.test(value)) return quoted(value);
  const scalar = new Scalar(value);
  if (value.includes('\n')) scalar.type = 'BLOCK_LITERAL';
  else scalar.type = TAKEN_WRONG.test(value) && !DATE.test(value) ? 'QUOTE_SINGLE' : 'PLAIN';
  return scalar;
}

/** The texts of a list, or undefined where there are none. */
export function texts(values: readonly string[]): YAMLSeq | undefined {
  return values.length === 0 ? undefined : list(values.map(text));
}

/** A value of a selection: a text quoted, a number, boolean or null bare. */
export function itemValue(value: ItemValue): Scalar {
  return typeof value === 'string' ? quoted(value) : new Scalar(value);
}

/** The map of a selection. */
export function itemMap(items: readonly Item[]): YAMLMap {
  return map(
    items.map((item) => {
      const values = item.values.map(itemValue);
      return [keyOf(item), values.length === 1 && !item.all ? values[0]! : list(values)] as const;
    }),
  );
}

/** Plain data, such as a key that Sigma gives no meaning to. Null where it holds what YAML can't. */
export function plain(value: unknown): Out {
  const node: unknown = new Document().createNode(value ?? null);
  return node instanceof YAMLMap || node instanceof YAMLSeq || node instanceof Scalar ? node : new Scalar(null);
}

function keyScalar(key: string): Scalar {
  const scalar = new Scalar(key);
  const simple = /^[A-Za-z_][\w.@/ -]*(?:\|[\w|]+)?$/.test(key) && !TAKEN_WRONG.test(key) && key.trim() === key;
  scalar.type = simple ? 'PLAIN' : quoted(key).type!;
  return scalar;
}

/** The text of a file of documents, in SigmaHQ's form: four blanks, no folded lines. */
export function printDocuments(documents: readonly YAMLMap[]): string {
  return documents
    .map((contents) =>
      new Document(contents).toString({ indent: 4, lineWidth: 0, singleQuote: true, minContentWidth: 0 }),
    )
    .join('---\n');
}
