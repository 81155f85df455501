import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSigma } from '../../formats/sigma/read.ts';
import { applyLogSource } from '../../passes/apply-log-source.ts';
import type { Profile } from '../../schema/profile.ts';
import { render } from '../../text/diagnostic.ts';
import type { Dialect } from '../dialect.ts';
import { filesIn } from './layout.ts';

/** A rule of `fixtures/rules`, named by its file. */
export interface FixtureRule {
  readonly name: string;
  readonly text: string;
}

/** Every rule that every dialect must answer by a text or a refusal. */
export function fixtureRules(): FixtureRule[] {
  const folder = fileURLToPath(new URL('../../../fixtures/rules', import.meta.url));
  return filesIn(folder, 'yml').map(({ name, path }) => ({ name, text: readFileSync(path, 'utf8') }));
}

/**
 * What a dialect makes of a rule: the text of each query on a line of its own, and the reasons of those that it refuses.
 * A rule that can't be read or mapped is a broken fixture.
 */
export function printRule(
  { name, text }: FixtureRule,
  dialect: Dialect,
  profile: Profile,
): { readonly text: string | undefined; readonly refused: string | undefined } {
  const { detections, diagnostics } = readSigma([{ name: `${name}.yml`, text }]);
  if (detections.length === 0) throw new Error(diagnostics.map(render).join('\n'));
  const lines: string[] = [];
  const reasons = new Set<string>();
  for (const query of detections.flatMap(({ queries }) => queries)) {
    const applied = applyLogSource(query, profile);
    const printed = dialect.print(applied.query, profile);
    if (applied.problems.length > 0) for (const problem of applied.problems) reasons.add(problem);
    else if (printed.kind === 'text') lines.push(printed.text);
    else
      for (const { feature, effect, why } of printed.losses)
        if (effect === 'refused') reasons.add(`${feature}: ${why}`);
  }
  const joined = (parts: readonly string[]) => (parts.length === 0 ? undefined : `${parts.join('\n')}\n`);
  return { text: joined(lines), refused: joined([...reasons]) };
}
