import type { Unit } from '../../formats/sigma/read.ts';
import { elementsOf, entryAt, valueAt } from '../../formats/sigma/yaml/map.ts';
import { placesIn } from '../../formats/sigma/yaml/place.ts';
import { readScalar } from '../../formats/sigma/yaml/scalar.ts';
import type { MapNode, ScalarNode } from '../../formats/sigma/yaml/tree.ts';
import type { Diagnostic, Severity } from '../../text/diagnostic.ts';
import type { Source, Span } from '../../text/source.ts';

/** A rule as its text has it: what validators look at. A rule of several documents is several of these. */
export interface RuleText {
  readonly kind: Unit['kind'];
  readonly root: MapNode;
  readonly source: Source;
}

/** Letters of a source, and what shall stand in their place. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Something wrong with a rule; with a `fix` where what is right follows from what is written. */
export interface Finding extends Diagnostic {
  readonly fix?: Edit;
}

/** What a validator says, but for the source, which is the rule's. */
export type Said = Omit<Finding, 'source' | 'code' | 'severity'>;

/** Says something of a rule: `code` without its room, `check/`. */
export function say(rule: RuleText, severity: Severity, code: string, said: Said): Finding {
  return { code: `check/${code}`, severity, source: rule.source, ...said };
}

/** The texts under a key, one or a list of them; what is null or no text is left out. */
export function textsAt({ root }: RuleText, name: string): ScalarNode[] {
  const value = valueAt(root, name);
  if (value === undefined) return [];
  return elementsOf(value).filter(
    (node): node is ScalarNode => node.kind === 'scalar' && readScalar(node).kind !== 'null' && node.text.trim() !== '',
  );
}

/** The place to point at when a rule lacks something: its title, which the documents of a collection share. */
export function startOf({ root }: RuleText): Span {
  return (entryAt(root, 'title') ?? root.entries[0])?.key.span ?? root.span;
}

/** A hint as a part of what is said; nothing where there is none. */
export function hinting(hint: string | undefined): { readonly hint?: string } {
  return hint === undefined ? {} : { hint };
}

/**
 * The edit that puts `text` in the place of a scalar's, inside its quotes; none where escapes or folded lines move the
 * letters apart, or where the new text would need quotes that are not there.
 */
export function replacing({ source }: RuleText, node: ScalarNode, text: string): { readonly fix?: Edit } {
  const span = placesIn(source, node)({ start: 0, end: node.text.length });
  if (source.text.slice(span.start, span.end) !== node.text) return {};
  return /^\w[\w .-]*$/.test(text) || !node.plain ? { fix: { span, text } } : {};
}
