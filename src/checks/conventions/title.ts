import { placesIn } from '../../formats/sigma/yaml/place.ts';
import { replacing, say, startOf, textsAt } from './rule-text.ts';
import type { Finding, RuleText } from './rule-text.ts';

/** SigmaHQ's limit; the specification's is 256. */
const LONGEST = 120;
const LONGEST_ALLOWED = 256;

/** Words that a title leaves in lower case. */
const small = new Set(
  'a an and as at but by for from in into is its new not of off on or out over per the through to under up using via vs with within without'.split(
    ' ',
  ),
);

/** A title that is long, not in title case, ends in a full stop, or says that the rule detects. */
export function checkTitle(rule: RuleText): Finding[] {
  const [node] = textsAt(rule, 'title');
  if (node === undefined) return [];
  const { span } = node;
  const text = node.text.trim();
  const found: Finding[] = [];
  if (text.length > LONGEST)
    found.push(
      say(rule, text.length > LONGEST_ALLOWED ? 'warning' : 'info', 'title-length', {
        message: `the title has ${text.length} characters`,
        span,
        hint: `at most ${LONGEST} are shown everywhere; the description has room for the rest`,
      }),
    );
  if (text.endsWith('.') && !text.endsWith('..'))
    found.push(
      say(rule, 'info', 'title-period', {
        message: 'the title ends in a full stop',
        span,
        ...replacing(rule, node, text.slice(0, -1)),
      }),
    );
  if (/^detects?\s/i.test(text))
    found.push(
      say(rule, 'info', 'title-detects', { message: 'that the rule detects goes without saying in its title', span }),
    );
  const lower = lowerWord(text);
  if (lower !== undefined)
    found.push(
      say(rule, 'info', 'title-case', {
        message: `the title has '${lower.word}' in lower case`,
        span: placesIn(
          rule.source,
          node,
        )({ start: node.text.indexOf(text) + lower.at, end: node.text.indexOf(text) + lower.at + lower.word.length }),
        hint: 'titles are in title case: Dump of LSASS by Comsvcs',
      }),
    );
  return found;
}

/** The first plain word that title case would write with a capital; names such as `certutil.exe` are as they are. */
function lowerWord(title: string): { readonly word: string; readonly at: number } | undefined {
  for (const { 0: word, index } of title.matchAll(/\S+/g))
    if (/^[a-z]+$/.test(word) && !small.has(word)) return { word, at: index };
  return undefined;
}

/** SigmaHQ's limit. */
const SHORTEST = 16;

/** A description that is missing, or too short to tell more than the title. */
export function checkDescription(rule: RuleText): Finding[] {
  const [node] = textsAt(rule, 'description');
  if (node === undefined)
    return [say(rule, 'info', 'description-missing', { message: 'the rule has no description', span: startOf(rule) })];
  const { length } = node.text.trim();
  if (length >= SHORTEST) return [];
  const message = `the description has ${length} characters, which is too short to explain a hit`;
  return [say(rule, 'info', 'description-short', { message, span: node.span })];
}
