import { didYouMean } from '../../formats/sigma/nearest.ts';
import type { ScalarNode } from '../../formats/sigma/yaml/tree.ts';
import { tacticOf } from '../../schema/attack.ts';
import { checkAttackTag } from './attack-tags.ts';
import { hinting, replacing, say, textsAt } from './rule-text.ts';
import type { Finding, RuleText } from './rule-text.ts';

/** A namespace of the specification's appendix on tags: what its names look like, said and tested. */
interface Namespace {
  readonly looks: string;
  readonly test: RegExp;
}

const namespaces: Readonly<Record<string, Namespace>> = {
  car: { looks: 'car.2016-04-005', test: /^\d{4}-\d{2}-\d{3}$/ },
  cve: { looks: 'cve.2021-44228', test: /^\d{4}-\d{4,}$/ },
  d3fend: { looks: 'd3fend.d3-am', test: /^d3f?-[a-z0-9-]+$/ },
  detection: { looks: 'detection.emerging-threats', test: /^(?:dfir|emerging-threats|threat-hunting)$/ },
  stp: { looks: 'stp.1k', test: /^[1-5][auk]?$/ },
  tlp: { looks: 'tlp.amber', test: /^(?:red|amber|amber-strict|green|clear|white)$/ },
};

/** Tags that are written twice, name nothing, or are not written as the specification has them. */
export function checkTags(rule: RuleText): Finding[] {
  const seen = new Set<string>();
  return textsAt(rule, 'tags').flatMap((node) => {
    const tag = normalTag(node.text);
    if (seen.has(tag))
      return [say(rule, 'warning', 'tag-duplicate', { message: `the tag '${tag}' is there already`, span: node.span })];
    seen.add(tag);
    return [...checkForm(rule, node, tag), ...checkName(rule, node, tag)];
  });
}

/** The tag in lower case, with the hyphens of version 2 where version 1 had underscores or dots. */
function normalTag(text: string): string {
  const lower = text.trim().toLowerCase();
  const [namespace, name] = splitTag(lower);
  if (name === '') return lower;
  if (namespace === 'attack' && tacticOf(name) && name.includes('_')) return `attack.${name.replaceAll('_', '-')}`;
  if (namespace === 'detection') return `detection.${name.replaceAll('_', '-')}`;
  if (namespace === 'cve') return `cve.${name.replace(/^(\d{4})[._](?=\d{4})/, '$1-')}`;
  return lower;
}

function splitTag(tag: string): [string, string] {
  const dot = tag.indexOf('.');
  return dot === -1 ? [tag, ''] : [tag.slice(0, dot), tag.slice(dot + 1)];
}

function checkForm(rule: RuleText, node: ScalarNode, tag: string): Finding[] {
  if (tag === node.text) return [];
  const code = tag === node.text.toLowerCase() ? 'tag-case' : 'tag-form';
  const said = { message: `the tag '${node.text}' is written '${tag}'`, span: node.span };
  return [say(rule, 'warning', code, { ...said, ...replacing(rule, node, tag) })];
}

function checkName(rule: RuleText, node: ScalarNode, tag: string): Finding[] {
  const { span } = node;
  const [namespace, name] = splitTag(tag);
  if (name === '' || /[^\w.-]/.test(tag))
    return [
      say(rule, 'warning', 'tag-invalid', {
        message: `'${node.text}' is no tag`,
        span,
        hint: 'a tag is a namespace, a dot and a name, in letters, digits, dots and hyphens: attack.t1003.001',
      }),
    ];
  if (namespace === 'attack') return checkAttackTag(rule, node, name);
  const known = Object.hasOwn(namespaces, namespace) ? namespaces[namespace] : undefined;
  if (known === undefined) {
    const message = `the specification has no namespace '${namespace}'`;
    const near = didYouMean(namespace, ['attack', ...Object.keys(namespaces)]);
    return [say(rule, 'info', 'tag-namespace', { message, span, ...hinting(near) })];
  }
  if (known.test.test(name)) return [];
  const message = `'${tag}' is no tag of the namespace '${namespace}'`;
  return [say(rule, 'warning', 'tag-invalid', { message, span, hint: `such a tag looks like ${known.looks}` })];
}
