import { didYouMean } from '../../formats/sigma/nearest.ts';
import type { ScalarNode } from '../../formats/sigma/yaml/tree.ts';
import { attackVersion, successorOf, tacticOf, tactics, techniqueOf } from '../../schema/attack.ts';
import { say } from './rule-text.ts';
import type { Finding, RuleText } from './rule-text.ts';

/** Groups, software, campaigns, mitigations and data sources: their form is checked, there is no table of them. */
const OTHER = /^(?:[gscm]|ds)\d{4}$/;

/** What is wrong with a tag `attack.NAME`: a technique or tactic that does not exist, or is no longer in use. */
export function checkAttackTag(rule: RuleText, { span }: ScalarNode, name: string): Finding[] {
  if (/^t\d/.test(name)) return checkTechnique(rule, span, name);
  if (OTHER.test(name) || tacticOf(name)) return [];
  const near = didYouMean(
    name,
    tactics.map(({ tag }) => tag),
  );
  return [
    say(rule, 'warning', 'attack-unknown', {
      message: `ATT&CK has no tactic '${name}'`,
      span,
      hint: near ?? 'a tag of ATT&CK names a tactic (attack.execution), a technique (attack.t1059) or g0001, s0001',
    }),
  ];
}

function checkTechnique(rule: RuleText, span: ScalarNode['span'], name: string): Finding[] {
  const id = name.toUpperCase();
  const technique = techniqueOf(name);
  if (technique === undefined) {
    const parent = techniqueOf(name.split('.')[0]!);
    const message = `ATT&CK ${attackVersion} has no technique ${id}`;
    // Of the next version only a part is known, so what it has beside that can't be told from what nobody has.
    if (parent?.fate.kind === 'new') {
      const hint = `${parent.id}, ${parent.name}, is known; look the rest up at https://attack.mitre.org`;
      return [
        say(rule, 'info', 'attack-unlisted', { message: `${id} is of a later ATT&CK than this table`, span, hint }),
      ];
    }
    const hint = parent ? `the nearest is ${parent.id}, ${parent.name}` : 'look it up at https://attack.mitre.org';
    return [say(rule, 'warning', 'attack-unknown', { message, span, hint })];
  }
  const { fate } = technique;
  const called = `${id}, ${technique.name},`;
  switch (fate.kind) {
    case 'current':
    case 'new':
      return [];
    case 'revoked': {
      const { id: by, name: now } = successorOf(technique) ?? { id: fate.by, name: '' };
      const hint = `ATT&CK has it as ${now}: attack.${by.toLowerCase()}`;
      return [say(rule, 'warning', 'attack-revoked', { message: `${called} is revoked`, span, hint })];
    }
    case 'deprecated': {
      const hint = 'nothing has taken its place; choose the technique that fits the behaviour';
      return [say(rule, 'warning', 'attack-deprecated', { message: `${called} is deprecated`, span, hint })];
    }
    case 'replaced': {
      const message = `${called} is replaced in the version of ATT&CK that follows ${attackVersion}`;
      const hint = `there it is ${techniqueOf(fate.by)?.name ?? fate.by}: attack.${fate.by.toLowerCase()}`;
      return [say(rule, 'info', 'attack-replaced', { message, span, hint })];
    }
  }
}
