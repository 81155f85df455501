import { replacing, say, startOf, textsAt } from './rule-text.ts';
import type { Finding, RuleText } from './rule-text.ts';

/** A status or level that is missing or not in lower case; one that does not exist is the reader's to say. */
export function checkWords(rule: RuleText): Finding[] {
  return [
    ...checkWord(rule, 'status', 'nobody can tell whether it is ready for use'),
    ...(rule.kind === 'filter' ? [] : checkWord(rule, 'level', 'its hits can not be ranked')),
  ];
}

function checkWord(rule: RuleText, name: string, why: string): Finding[] {
  const [node] = textsAt(rule, name);
  if (node === undefined)
    return [say(rule, 'info', `${name}-missing`, { message: `the rule has no ${name}: ${why}`, span: startOf(rule) })];
  const lower = node.text.toLowerCase();
  if (lower === node.text) return [];
  const message = `the ${name} '${node.text}' is not written in lower case`;
  const { span } = node;
  return [say(rule, 'warning', `${name}-case`, { message, span, ...replacing(rule, node, lower) })];
}

/** A rule that nobody has signed: whoever gets a hit can't ask. */
export function checkAuthor(rule: RuleText): Finding[] {
  if (textsAt(rule, 'author').length > 0) return [];
  return [say(rule, 'info', 'author-missing', { message: 'the rule names no author', span: startOf(rule) })];
}
