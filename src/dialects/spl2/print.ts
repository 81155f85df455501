import { fieldsOf } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import type { Profile } from '../../schema/profile.ts';
import { lossesOf } from '../dialect.ts';
import type { Printed } from '../dialect.ts';
import { sentences } from '../splunk/assumptions.ts';
import type { Noted } from '../splunk/assumptions.ts';
import { unwritable } from '../splunk/regex-text.ts';
import { capabilities } from './capabilities.ts';
import { loweredOf } from './lowered.ts';
import type { Command } from './module.ts';
import { numbersIn } from './parse.ts';
import { conditionOf } from './to-condition.ts';
import type { Setting } from './to-test.ts';
import { writeStatement } from './write.ts';

const span = { start: 0, end: 0 };

/**
 * Writes a query as a SPL2 statement. Fields whose case is not to count are put in lower case once, by an `eval`:
 *
 *     $rule = | from $source | eval process_file_name = lower(process.file.name) | where process_file_name="rundll32.exe"
 *
 * This is the form of a pipeline in Splunk's documentation; `$source` is the module's parameter, or a statement before.
 */
export function print(query: Query, profile: Profile): Printed {
  const losses = [...unwritable(query.where), ...lossesOf(capabilities, query)];
  if (losses.some(({ effect }) => effect === 'refused')) return { kind: 'refused', losses };
  const noted: Noted = new Set();
  const setting: Setting = {
    noted,
    numbers: numbersIn(profile),
    multiValued: new Set(profile.multiValued),
    lowered: loweredOf(fieldsOf(query.where)),
  };
  const test = conditionOf(query.where, setting);
  const assignments = [...setting.lowered.fields.values()];
  const commands: Command[] = [
    { kind: 'from', dataset: { of: 'statement', name: 'source' }, span },
    ...(assignments.length === 0 ? [] : [{ kind: 'eval', assignments, span } as const]),
    { kind: 'where', test, span },
  ];
  const text = writeStatement({ name: 'rule', commands, span });
  return { kind: 'text', text, losses, assumptions: sentences(noted) };
}
