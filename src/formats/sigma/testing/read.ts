import { evaluate } from '../../../ir/evaluate.ts';
import { eventOf } from '../../../ir/event.ts';
import type { Raw } from '../../../ir/event.ts';
import type { Detection } from '../../../ir/detection.ts';
import type { Predicate } from '../../../ir/predicate.ts';
import { render } from '../../../text/diagnostic.ts';
import { readSigma } from '../read.ts';
import type { Placeholders, RuleSet } from '../read.ts';

/** Reads one text under the name `rule.yml`. */
export function read(text: string, placeholders: Placeholders = {}): RuleSet {
  return readSigma([{ name: 'rule.yml', text }], { placeholders });
}

/** Reads a text that must hold one detection without an error. */
export function readOne(text: string, placeholders: Placeholders = {}): Detection {
  const { detections, diagnostics } = read(text, placeholders);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [only, ...more] = detections;
  if (!only || more.length > 0 || errors.length > 0)
    throw new Error(`${detections.length} detections\n${errors.map(render).join('\n')}\n${text}`);
  return only;
}

/** A whole rule around the lines of a detection, which are given without indentation. */
export function ruleWith(detection: string): string {
  const lines = detection.trim().split('\n');
  return [
    'title: Test',
    'logsource: { product: windows }',
    'detection:',
    ...lines.map((line) => (line === '' ? '' : `    ${line}`)),
    ...(/^condition:/m.test(detection) ? [] : ['    condition: selection']),
    '',
  ].join('\n');
}

/** The predicate of a rule with one item in its selection: `itemOf("Image|endswith: '\\\\cmd.exe'")`. */
export function whereOf(item: string, placeholders: Placeholders = {}): Predicate {
  const lines = item.split('\n').map((line) => `    ${line}`);
  return bare(readOne(ruleWith(`selection:\n${lines.join('\n')}`), placeholders).queries[0]!.where);
}

/** A predicate without origins and without the `source` and `flags` of expressions: what tests compare. */
export function bare(node: Predicate): Predicate {
  return JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === 'origin' ? undefined : value))) as Predicate;
}

/** Tells which of the events a rule selects, by their positions. */
export function hitsOf(detection: Detection, events: readonly Raw[]): number[] {
  return events.flatMap((event, index) =>
    detection.queries.some(({ where }) => evaluate(where, eventOf(event))) ? [index] : [],
  );
}

/** The codes of what is said about a text, in order. */
export function codesOf(text: string): string[] {
  return read(text).diagnostics.map(({ code }) => code);
}
