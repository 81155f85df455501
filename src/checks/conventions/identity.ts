import { elementsOf, entryAt, valueAt } from '../../formats/sigma/yaml/map.ts';
import { didYouMean } from '../../formats/sigma/nearest.ts';
import { hinting, say, startOf, textsAt } from './rule-text.ts';
import type { Finding, RuleText } from './rule-text.ts';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A rule without an id, or with one that is no UUID (specification 2.1, "Rule Identification"). */
export function checkId(rule: RuleText): Finding[] {
  const [id] = textsAt(rule, 'id');
  if (id === undefined)
    return [
      say(rule, 'warning', 'id-missing', {
        message: 'the rule has no id, so nothing can refer to it once its file is renamed',
        span: startOf(rule),
        hint: 'give it a random UUID; `assay new` writes rules that have one',
      }),
    ];
  if (UUID.test(id.text.trim())) return [];
  return [say(rule, 'error', 'id-invalid', { message: `the id '${id.text}' is no UUID`, span: id.span })];
}

/** Relations between rules (specification 2.1, "Rule Relations"); `merged` and `renamed` are of the time before 2.0. */
const relations = ['derived', 'obsolete', 'merged', 'renamed', 'similar'];

/** Entries of `related` with a type that does not exist, an id that is no UUID, or the rule's own id. */
export function checkRelated(rule: RuleText): Finding[] {
  const entry = entryAt(rule.root, 'related');
  if (!entry) return [];
  const [own] = textsAt(rule, 'id');
  return elementsOf(entry.value).flatMap((each): Finding[] => {
    if (each.kind !== 'map') return [];
    const [id, type] = [valueAt(each, 'id'), valueAt(each, 'type')];
    const found: Finding[] = [];
    if (type?.kind !== 'scalar')
      found.push(say(rule, 'error', 'related-type', { message: 'the relation has no type', span: each.span }));
    else if (!relations.includes(type.text.trim()))
      found.push(
        say(rule, 'error', 'related-type', {
          message: `there is no relation '${type.text}'`,
          span: type.span,
          hint: didYouMean(type.text, relations) ?? `one of ${relations.join(', ')}`,
        }),
      );
    if (id?.kind !== 'scalar') return found;
    const isOwn = own !== undefined && id.text.trim().toLowerCase() === own.text.trim().toLowerCase();
    if (!UUID.test(id.text.trim()))
      found.push(say(rule, 'error', 'related-id', { message: `the id '${id.text}' is no UUID`, span: id.span }));
    else if (isOwn)
      found.push(say(rule, 'warning', 'related-self', { message: 'the rule is related to itself', span: id.span }));
    return found;
  });
}

/** Licences that rules are published under, by their SPDX identifiers. */
const licences = [
  ...['DRL-1.0', 'DRL-1.1', 'Apache-2.0', 'MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'MPL-2.0', '0BSD'],
  ...['GPL-2.0', 'GPL-2.0-only', 'GPL-2.0-or-later', 'GPL-3.0', 'GPL-3.0-only', 'GPL-3.0-or-later', 'AGPL-3.0'],
  ...['AGPL-3.0-only', 'AGPL-3.0-or-later', 'LGPL-2.1-only', 'LGPL-2.1-or-later', 'LGPL-3.0-only', 'LGPL-3.0-or-later'],
  ...['CC0-1.0', 'CC-BY-4.0', 'CC-BY-SA-4.0', 'CC-BY-NC-4.0', 'CC-BY-NC-SA-4.0', 'CC-BY-NC-ND-4.0', 'CC-BY-ND-4.0'],
  ...['Unlicense', 'Elastic-2.0', 'EUPL-1.2', 'WTFPL', 'EPL-2.0', 'BSL-1.0', 'Zlib'],
];

/** A licence that is no SPDX identifier that rules are known to be published under, nor made of such. */
export function checkLicence(rule: RuleText): Finding[] {
  return textsAt(rule, 'license').flatMap((node) => {
    const words = node.text.split(/[\s()]+/).filter((word) => !/^(?:AND|OR|WITH)?$/.test(word));
    const unknown = words.find((word) => !licences.includes(word) && !word.startsWith('LicenseRef-'));
    if (unknown === undefined) return [];
    const message = `the licence '${node.text}' is no SPDX identifier that is known here`;
    return [say(rule, 'warning', 'license', { message, span: node.span, ...hinting(didYouMean(unknown, licences)) })];
  });
}
