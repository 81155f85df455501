import { say, textsAt } from './rule-text.ts';
import type { Finding, RuleText } from './rule-text.ts';

const URL_FORM = /^(?:https?|ftp):\/\/[^\s/]+(?:\/\S*)?$/i;

/** References that are no URL, are there twice, may change under the reader, or belong into the tags. */
export function checkReferences(rule: RuleText): Finding[] {
  const seen = new Set<string>();
  return textsAt(rule, 'references').flatMap((node) => {
    const { span } = node;
    const text = node.text.trim();
    if (seen.has(text))
      return [say(rule, 'warning', 'reference-duplicate', { message: 'this reference is there already', span })];
    seen.add(text);
    if (!URL_FORM.test(text)) return [say(rule, 'info', 'reference-url', { message: `'${text}' is no URL`, span })];
    if (/^https?:\/\/github\.com\/[^/]+\/[^/]+\/(?:blob|tree)\/(?:master|main|dev|develop)\//i.test(text))
      return [
        say(rule, 'info', 'reference-moves', {
          message: 'this page follows a branch, so it may change or vanish',
          span,
          hint: "refer to a commit: GitHub's key 'y' turns the address into a permanent one",
        }),
      ];
    const [, technique] = /^https?:\/\/attack\.mitre\.org\/techniques\/(T\d{4}(?:\/\d{3})?)/i.exec(text) ?? [];
    if (technique === undefined) return [];
    const tag = `attack.${technique.toLowerCase().replace('/', '.')}`;
    if (textsAt(rule, 'tags').some((each) => each.text.toLowerCase() === tag)) return [];
    const message = 'a technique of ATT&CK is named by a tag, which tools can read';
    return [say(rule, 'info', 'reference-technique', { message, span, hint: `add the tag ${tag}` })];
  });
}
