/**
 * A piece of BinXML before values are put into it. A definition of a template is a list of these, kept for all records
 * that use it.
 */
export type Node =
  | ElementNode
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'hole'; readonly index: number }
  | { readonly kind: 'instance'; readonly of: Instance };

/** `dependency`: the index of the value without which the element is not there. */
export interface ElementNode {
  readonly kind: 'element';
  readonly name: string;
  readonly dependency: number | null;
  readonly attributes: readonly { readonly name: string; readonly content: readonly Node[] }[];
  readonly content: readonly Node[];
}

/** A template with values: places in the chunk that it was read from. */
export interface Instance {
  readonly nodes: readonly Node[];
  readonly values: readonly Place[];
}

/** Where a value lies in its chunk, and of what type it is. */
export interface Place {
  readonly type: number;
  readonly start: number;
  readonly size: number;
}
