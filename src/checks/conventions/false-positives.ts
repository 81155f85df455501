import { placesIn } from '../../formats/sigma/yaml/place.ts';
import { say, startOf, textsAt } from './rule-text.ts';
import type { Finding, RuleText } from './rule-text.ts';

/** Words that say nothing about a hit: no rule is free of false positives, and a test of one's own is no false one. */
const empty = new Map([
  ['none', "write 'Unknown' or 'Unlikely'"],
  ['no', "write 'Unknown' or 'Unlikely'"],
  ['n/a', "write 'Unknown' or 'Unlikely'"],
  ['-', "write 'Unknown' or 'Unlikely'"],
  ['tbd', "write 'Unknown' or 'Unlikely'"],
  ['pentest', 'a test of penetration is what the rule should find'],
  ['penetration test', 'a test of penetration is what the rule should find'],
  ['penetration testing', 'a test of penetration is what the rule should find'],
]);

/** Misspellings that occur in published rules. */
const misspelt: Readonly<Record<string, string>> = {
  unkown: 'unknown',
  unknwon: 'unknown',
  ligitimate: 'legitimate',
  legitim: 'legitimate',
  legitimeate: 'legitimate',
  legitmate: 'legitimate',
  adminstrator: 'administrator',
};

/** False positives that are missing, say nothing, are misspelt, or start with a small letter. */
export function checkFalsePositives(rule: RuleText): Finding[] {
  if (rule.kind === 'filter') return [];
  const nodes = textsAt(rule, 'falsepositives');
  if (nodes.length === 0) {
    const message = 'the rule does not say what its false positives are';
    return [say(rule, 'info', 'falsepositives-missing', { message, span: startOf(rule) })];
  }
  return nodes.flatMap((node): Finding[] => {
    const text = node.text.trim();
    const { span } = node;
    const hint = empty.get(text.toLowerCase().replace(/\.$/, ''));
    if (hint !== undefined)
      return [say(rule, 'info', 'falsepositives-empty', { message: `'${text}' helps nobody with a hit`, span, hint })];
    const found: Finding[] = [];
    for (const { 0: word, index } of node.text.matchAll(/[a-z]+/gi)) {
      const right = Object.hasOwn(misspelt, word.toLowerCase()) ? misspelt[word.toLowerCase()] : undefined;
      if (right === undefined) continue;
      const place = placesIn(rule.source, node)({ start: index, end: index + word.length });
      found.push(
        say(rule, 'info', 'falsepositives-spelling', { message: `'${word}' is spelt '${right}'`, span: place }),
      );
    }
    if (/^[a-z]+(?:\s|$)/.test(text))
      found.push(
        say(rule, 'info', 'falsepositives-case', { message: 'a false positive starts with a capital letter', span }),
      );
    return found;
  });
}
