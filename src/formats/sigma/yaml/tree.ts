import { Composer, Parser, isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { CST, Document, ParsedNode } from 'yaml';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { SyntaxFault } from '../../../text/diagnostic.ts';
import type { Source, Span } from '../../../text/source.ts';
import { entriesOf } from './map.ts';
import { yamlChunks, yamlProblem } from './text.ts';

/**
 * YAML as rules use it: texts with their place, lists and maps. What a plain `no` or `010` means is not decided here,
 * since Sigma compares it as the text written (`scalar.ts`). Aliases and merge keys (`<<`) are resolved.
 */
export type Node = ScalarNode | ListNode | MapNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly text: string;
  /** Written without quotes and not as a block, so `null`, `true` and numbers mean themselves. */
  readonly plain: boolean;
  readonly span: Span;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly span: Span;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
  readonly span: Span;
}

export interface Entry {
  readonly key: ScalarNode;
  readonly value: Node;
}

/** One document of a file: its tree, or what is wrong with it. `span` is the text of the document. */
export type YamlDocument =
  { readonly span: Span; readonly root: Node } | { readonly span: Span; readonly fault: Diagnostic };

/** Levels of nesting that a document may have; rules have six, and the composer of `yaml` recurses. */
const DEEPEST = 64;
/** Nodes that a document may have once its aliases are written out: more is a bomb, not a rule. */
const MOST_NODES = 200_000;
/** Characters that a file may have: 3,800 rules are 6 million. */
const LONGEST = 32_000_000;

/**
 * Reads the documents of a file; empty ones are left out. Each is read by itself, so a quote that one of them fails
 * to close does not swallow the next. Nothing is thrown: a document that can't be read is a fault in the list.
 */
export function readYaml(source: Source): YamlDocument[] {
  if (source.text.length > LONGEST) {
    const message = `the file has ${source.text.length} characters; at most ${LONGEST} are read`;
    return [
      unreadable(source, { start: 0, end: source.text.length }, 'sigma/too-large', message, { start: 0, end: 1 }),
    ];
  }
  return yamlChunks(source.text).flatMap((chunk) => readChunk(source, chunk));
}

function readChunk(source: Source, chunk: Span): YamlDocument[] {
  const text = source.text.slice(chunk.start, chunk.end);
  try {
    const tokens = [...new Parser().parse(text)];
    const deep = tooDeep(tokens);
    if (deep !== undefined) {
      const at = chunk.start + deep;
      const message = `the document is nested more than ${DEEPEST} levels deep`;
      return [unreadable(source, chunk, 'sigma/too-deep', message, { start: at, end: at + 1 })];
    }
    const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false });
    const documents = [...composer.compose(tokens, false, text.length)] as Document.Parsed[];
    return documents.flatMap((document) => readDocument(source, chunk, document, tokens));
  } catch (fault) {
    if (fault instanceof SyntaxFault) return [{ span: chunk, fault: fault.diagnostic }];
    // The composer reports what it finds in `errors`; whatever it throws instead is still the document's problem.
    const message = `the document is no readable YAML: ${fault instanceof Error ? fault.message : String(fault)}`;
    return [unreadable(source, chunk, 'sigma/yaml', message, chunk)];
  }
}

function readDocument(
  source: Source,
  chunk: Span,
  document: Document.Parsed,
  tokens: readonly CST.Token[],
): YamlDocument[] {
  const [error] = document.errors;
  if (error) {
    const quote = /closing .quote/.test(error.message) ? openingQuote(tokens, error.pos[0]) : undefined;
    const { start, end } = quote ?? { start: error.pos[0], end: Math.max(error.pos[1], error.pos[0] + 1) };
    const span = { start: chunk.start + start, end: chunk.start + end };
    return [{ span: chunk, fault: yamlProblem(source, span, error.code, error.message) }];
  }
  const contents = document.contents as ParsedNode | null;
  if (contents === null || (isScalar(contents) && contents.source === '' && contents.type === 'PLAIN')) return [];
  return [
    { span: chunk, root: treeOf({ source, base: chunk.start, anchors: new Map(), extent: new Map() }, contents) },
  ];
}

interface Reading {
  readonly source: Source;
  readonly base: number;
  readonly anchors: Map<string, Node>;
  /** Nodes and levels under a node, aliases written out. */
  readonly extent: Map<Node, Extent>;
}

function treeOf(reading: Reading, node: ParsedNode | null): Node {
  if (node === null) return { kind: 'scalar', text: '', plain: true, span: { start: reading.base, end: reading.base } };
  const span = spanOf(reading, node);
  if (isAlias(node)) {
    const target = reading.anchors.get(node.source);
    if (target) return target;
    const hint = `quote the value: a leading '*' refers to an anchor, '${reading.source.text.slice(span.start, span.end)}' in quotes is a text`;
    return fail(reading, 'sigma/yaml', `there is no anchor '&${node.source}' before this`, span, hint);
  }
  const tag = checkedTag(reading, node.tag, span);
  const tree = inside(reading, node, span, tag);
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, tree);
  return tree;
}

function inside(reading: Reading, node: ParsedNode, span: Span, tag: string | undefined): Node {
  if (isScalar(node)) {
    const text = typeof node.value === 'string' ? node.value : String(node.source);
    return { kind: 'scalar', text, plain: node.type === 'PLAIN' && tag !== 'str', span };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => treeOf(reading, item as ParsedNode));
    const extent = measured(reading, items, span);
    return measuredAs(reading, { kind: 'list', items, span }, extent);
  }
  if (!isMap(node)) return fail(reading, 'sigma/yaml', 'this is neither a text nor a list nor a map', span);
  const entries = node.items.map(({ key, value }): Entry => {
    const read = treeOf(reading, key as ParsedNode | null);
    if (read.kind !== 'scalar') return fail(reading, 'sigma/yaml', 'a key must be a text', read.span);
    const nothing = { start: read.span.end, end: read.span.end };
    const empty = { kind: 'scalar', text: '', plain: true, span: nothing } as const;
    return { key: read, value: value === null ? empty : treeOf(reading, value as ParsedNode) };
  });
  // Measured before merge keys are followed, which could not be stopped any more.
  const extent = measured(
    reading,
    entries.map(({ value }) => value),
    span,
  );
  const written = entriesOf(entries, (code, message, at, hint) => fail(reading, code, message, at, hint));
  return measuredAs(reading, { kind: 'map', entries: written, span }, extent);
}

/** Nodes and levels of a tree, its aliases written out. */
interface Extent {
  readonly size: number;
  readonly depth: number;
}

function measured(reading: Reading, parts: readonly Node[], span: Span): Extent {
  let size = 1;
  let depth = 1;
  for (const part of parts) {
    const extent = reading.extent.get(part);
    size += 1 + (extent?.size ?? 0);
    depth = Math.max(depth, 1 + (extent?.depth ?? 0));
  }
  if (size > MOST_NODES)
    fail(
      reading,
      'sigma/too-large',
      `the document has more than ${MOST_NODES} values once its aliases are written out`,
      span,
    );
  if (depth > DEEPEST) fail(reading, 'sigma/too-deep', `the document is nested more than ${DEEPEST} levels deep`, span);
  return { size, depth };
}

function measuredAs<T extends Node>(reading: Reading, tree: T, extent: Extent): T {
  reading.extent.set(tree, extent);
  return tree;
}

/** The short name of a tag of YAML's own; another one would ask for a type that rules do not have. */
function checkedTag(reading: Reading, tag: string | undefined, span: Span): string | undefined {
  if (tag === undefined) return undefined;
  if (tag === '!') return 'str';
  const own = /^tag:yaml\.org,2002:(str|int|float|bool|null|seq|map|timestamp)$/.exec(tag);
  return own
    ? own[1]
    : fail(reading, 'sigma/yaml', `the tag '${tag}' has no meaning in a rule`, span, 'remove the tag');
}

function spanOf({ base }: Reading, node: ParsedNode): Span {
  const [start, end] = node.range;
  return { start: base + start, end: base + end };
}

function fail(reading: Reading, code: string, message: string, span: Span, hint?: string): never {
  const { source } = reading;
  throw new SyntaxFault({ code, severity: 'error', message, source, span, ...(hint !== undefined && { hint }) });
}

function unreadable(source: Source, chunk: Span, code: string, message: string, span: Span): YamlDocument {
  return { span: chunk, fault: { code, severity: 'error', message, source, span } };
}

/** The offset of a token nested deeper than `DEEPEST`, if there is one. */
function tooDeep(tokens: readonly CST.Token[]): number | undefined {
  for (const { token, depth } of nestedTokens(tokens)) if (depth > DEEPEST) return token.offset;
  return undefined;
}

/** The quoted text that a missing closing quote belongs to: the one that ends where the quote is missed. */
function openingQuote(tokens: readonly CST.Token[], end: number): Span | undefined {
  for (const { token } of nestedTokens(tokens))
    if (token.type.endsWith('-quoted-scalar') && 'source' in token && token.offset + token.source.length === end)
      return { start: token.offset, end: token.offset + 1 };
  return undefined;
}

/** All tokens with their depth. The list of those still to visit is our own: the stack would not hold what is read here. */
function* nestedTokens(tokens: readonly CST.Token[]): Generator<{ token: CST.Token; depth: number }> {
  const waiting = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { token, depth } = next;
    yield next;
    if (token.type === 'document' && token.value) waiting.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) waiting.push({ token: key, depth: depth + 1 });
      if (value) waiting.push({ token: value, depth: depth + 1 });
    }
  }
}
