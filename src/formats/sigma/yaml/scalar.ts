import type { Node, ScalarNode } from './tree.ts';

/** What a scalar of a rule stands for. */
export type Scalar =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly text: string };

const NULL = /^(?:|~|null|Null|NULL)$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
/** Decimal numbers, without a leading zero or a sign that says nothing. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/**
 * Reads a scalar as Sigma does: all values are texts, so a plain one means a number only if the number's own decimal
 * text is what was written. YAML 1.1 would turn `no` into false, `010` into 8, `1_000` into 1000 and `2020-02-04` into
 * a date, YAML 1.2 `0x10` into 16 and `1.0` into 1; compared with a log they must stay what the author wrote.
 *
 *     4688 -> number   010, 0x10, 1_000, 1.0, no, 2020/02/04 -> text   true -> boolean   ~, null, nothing -> null
 */
export function readScalar({ text, plain }: ScalarNode): Scalar {
  if (!plain) return { kind: 'text', text };
  if (NULL.test(text)) return { kind: 'null' };
  if (BOOLEAN.test(text)) return { kind: 'boolean', value: text.toLowerCase() === 'true' };
  if (NUMBER.test(text) && String(Number(text)) === text) return { kind: 'number', value: Number(text) };
  return { kind: 'text', text };
}

/** A tree as plain data, for keys that Sigma gives no meaning to. A plain date or `no` stays a text. */
export function plainValue(node: Node): unknown {
  switch (node.kind) {
    case 'scalar': {
      const read = readScalar(node);
      if (read.kind === 'null') return null;
      return read.kind === 'text' ? read.text : read.value;
    }
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plainValue(value)]));
  }
}
