import { breakouts } from '../../../dialects/testing/hostile.ts';
import type { Target } from '../../../formats/targets.ts';
import { extensionOf } from '../../../formats/targets.ts';
import { readSigma } from '../../../formats/sigma/read.ts';
import type { Detection } from '../../../ir/detection.ts';
import { hostileFields, hostileTexts } from '../../../ir/testing/hostile.ts';
import { convert } from '../../../prove/convert.ts';
import type { Profile } from '../../../schema/profile.ts';
import { commented, notesOn } from '../conversion-text.ts';

/** Texts that run something, or end what they stand in, where a shell, a comment, a template or a parser looks at them. */
export const classics = [
  '$(touch x)',
  '`touch x`',
  '"; touch x; "',
  "'; touch x; '",
  "'\\''; touch x; '\\''",
  '\n touch x\n',
  '\ntouch x #',
  '\r\ntouch x\r\n',
  '\rtouch x\r',
  '\vtouch x',
  '\ftouch x',
  '\u0085touch x',
  '\u2028touch x',
  '\u2029touch x',
  '\u0000touch x',
  '\u001b[2J',
  '\nEOF\ntouch x\n',
  'EOF',
  "<<'EOF'",
  '| tee x',
  '> x',
  '&& touch x',
  '!!',
  '${IFS}',
  '~/x',
  '--file=x',
  '-f x',
  '<# x #>',
  '#> touch x <#',
  '#> touch x',
  '*/ touch x /*',
  '/* x',
  '-- x',
  '``` | delete ```',
  '```` | delete',
  '````` | delete',
  '`` `',
  '`comment("x")`',
  '[search index=* | delete]',
  '\u2018; touch x; \u2018',
  '\u2019; touch x; \u2019',
  '\u201a; touch x; \u201b',
  '\u201c$(touch x)\u201d',
  '`"; touch x; `"',
  "'); DROP TABLE events; --",
  '"; DROP TABLE events; --',
  '$$; DROP TABLE events; $$',
  "E'\\'; DROP TABLE events; --'",
  '"] | take 1 // ',
  "'] | take 1 // ",
  '; database("x").y',
  '~~~ | take 1',
  'x*; SecurityEvent',
  '{{ctx.payload}}',
  '{{{ctx.payload}}}',
  '{{=<% %>=}}<%ctx%>',
  '{"a":1}',
  '\\u0022, "x": "',
  '<script>alert(1)</script>',
  ']]></x><!--',
  '&lt;&quot;',
  '[stanza]\nsearch = *',
  '\\\n[stanza]',
  '(?{touch x})',
  '\\E.*\\Q',
  '\\Q',
  '(?#',
  '.*(a+)+$',
  '%00',
  '=cmd|x!A1',
  '\u202egnp.exe',
  '\ud800',
  '__proto__',
  'constructor',
  '$table',
];

/** Every hostile text there is a list for. */
export const corpus: readonly string[] = [...new Set([...classics, ...breakouts, ...hostileTexts, ...hostileFields])];

/** The word without which no rule of this file takes an event. */
export const CANARY = 'canaryword';

/** What may be hostile about a rule. */
export interface Parts {
  /** Title, author, licence, description and id. */
  readonly about: string;
  readonly selection: Readonly<Record<string, unknown>>;
  /** `s and c` unless told otherwise. */
  readonly condition?: string;
  readonly file?: string;
}

/** Reads a rule that holds only where the canary does; undefined where it is no rule at all. */
export function ruleOf({
  about,
  selection,
  condition = 's and c',
  file = `${about}.yml`,
}: Parts): Detection | undefined {
  const text = JSON.stringify({
    title: about,
    id: about,
    author: about,
    license: about,
    description: about,
    logsource: { product: 'windows', category: 'process_creation' },
    detection: { s: selection, c: { 'CommandLine|contains': CANARY }, condition },
  });
  return readSigma([{ name: file, text }]).detections[0];
}

/** Selections with a hostile text: as values, as an expression, as the name of a field. */
export function selectionsOf(hostile: string): readonly Readonly<Record<string, unknown>>[] {
  // In a rule a bar begins a modifier, and is in no name.
  const name = hostile.replaceAll('|', '_');
  const expression = hostile.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return [
    { Image: hostile, 'ParentImage|contains': [hostile, 'y'] },
    { [name]: hostile },
    { 'Image|re': expression },
    { 'Image|cased|endswith': hostile },
    { [`${name}|contains`]: 'y', [`${name}|exists`]: true },
    { 'Image|fieldref': name },
  ];
}

/** What `assay convert` writes of one query of a rule: the lines of its comment, and text and comment as they come out. */
export interface Output {
  readonly rule: Detection;
  readonly target: Target;
  readonly profile: Profile;
  readonly notes: readonly string[];
  readonly bare: string;
  readonly whole: string;
}

/** Everything that a rule becomes in a target, as `assay convert` writes it; nothing where it is refused. */
export function outputs(rule: Detection, target: Target, profile: Profile): Output[] {
  const conversion = convert(rule, target, profile);
  return conversion.queries.flatMap((query) => {
    if (query.text === null) return [];
    const notes = notesOn(conversion, query);
    const comment = commented(notes, extensionOf(target)) ?? '';
    return [{ rule, target, profile, notes, bare: query.text, whole: `${comment}${query.text}\n` }];
  });
}
