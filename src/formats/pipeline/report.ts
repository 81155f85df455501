import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Diagnostic, Severity } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import { didYouMean } from '../sigma/nearest.ts';
import { readScalar } from '../sigma/yaml/scalar.ts';
import type { Entry, MapNode, Node } from '../sigma/yaml/tree.ts';
import type { PlainValue } from '../../schema/pipeline.ts';

/** Where the readers of one file say what they find. */
export interface Report {
  readonly source: Source;
  readonly into: Diagnostic[];
}

/** Ends the reading with an error at a place. */
export function fail(report: Report, node: Node, code: string, message: string, hint?: string): never {
  throw new SyntaxFault(said(report, 'error', node, code, message, hint));
}

/** Says what is not carried out, and goes on. */
export function warn(report: Report, node: Node, code: string, message: string, hint?: string): void {
  report.into.push(said(report, 'warning', node, code, message, hint));
}

function said(
  { source }: Report,
  severity: Severity,
  { span }: Node,
  code: string,
  message: string,
  hint: string | undefined,
): Diagnostic {
  return {
    code: `pipeline/${code}`,
    severity,
    message,
    source,
    span: { start: span.start, end: Math.max(span.end, span.start + 1) },
    ...(hint !== undefined && { hint }),
  };
}

/** A map, or an error that says what was expected in its place. */
export function mapAt(node: Node, what: string, report: Report): MapNode {
  return node.kind === 'map' ? node : fail(report, node, 'shape', `${what} is a map`);
}

/** The elements of a list. */
export function listAt(node: Node, what: string, report: Report): readonly Node[] {
  return node.kind === 'list' ? node.items : fail(report, node, 'shape', `${what} is a list`);
}

/** A text as written, a number or boolean included. */
export function textAt(node: Node, what: string, report: Report): string {
  if (node.kind === 'scalar' && readScalar(node).kind !== 'null') return node.text;
  return fail(report, node, 'shape', `${what} is a text`);
}

/** A text, or a list of texts. */
export function textsAt(node: Node, what: string, report: Report): readonly string[] {
  const items = node.kind === 'list' ? node.items : [node];
  return items.map((item) => textAt(item, what, report));
}

/** True or false. */
export function booleanAt(node: Node, what: string, report: Report): boolean {
  const read = node.kind === 'scalar' ? readScalar(node) : undefined;
  return read?.kind === 'boolean' ? read.value : fail(report, node, 'shape', `${what} is true or false`);
}

/** A text, number, boolean or null. */
export function valueAt(node: Node, what: string, report: Report): PlainValue {
  if (node.kind !== 'scalar') return fail(report, node, 'shape', `${what} is one value`);
  const read = readScalar(node);
  return read.kind === 'null' ? null : read.kind === 'text' ? read.text : read.value;
}

/** One of several words. */
export function wordAt<W extends string>(node: Node, what: string, words: readonly W[], report: Report): W {
  const text = textAt(node, what, report);
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  return fail(report, node, 'unknown-word', `'${text}' is no ${what}`, hintFor(text, words));
}

/** The nearest of some words, or all of them. */
export function hintFor(word: string, words: readonly string[]): string {
  return didYouMean(word, words) ?? `known are ${words.join(', ')}`;
}

/** The entries of a map by their keys. */
export function keysOf({ entries }: MapNode): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.key.text, entry]));
}
