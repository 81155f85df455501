import { fieldsOf } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import { simplify } from '../../passes/simplify.ts';
import type { Profile } from '../../schema/profile.ts';
import { lossesOf } from '../dialect.ts';
import type { Printed } from '../dialect.ts';
import { sentences } from './assumptions.ts';
import type { Noted } from './assumptions.ts';
import { capabilities } from './capabilities.ts';
import { compiledSize, MOST_BYTES } from './size.ts';
import { quoteWord } from './shell.ts';
import { patternTree } from '../pattern-tree.ts';
import { conditionsOf, lineExpression, Refusal, TooLarge, treeAlone } from './write-line.ts';

/**
 * Writes a query as a command line for bash: `LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"Image": ?"...)' events.ndjson`.
 *
 * A rule whose expression PCRE finds too large is divided where its conditions are joined, into several commands.
 */
export function print(query: Query, profile: Profile): Printed {
  const where = simplify(query.where);
  const whole = query.then.length === 0 ? wholeLine(where) : undefined;
  // What looks at the whole line is grep's own language, look-arounds included.
  if (whole !== undefined && compiledSize(whole) <= MOST_BYTES)
    return { kind: 'text', text: command(whole, ' events.ndjson'), losses: [], assumptions: [] };
  const losses = lossesOf(capabilities, query);
  if (losses.some(({ effect }) => effect === 'refused')) return { kind: 'refused', losses };
  try {
    return { kind: 'text', text: commandOf(query, where, profile), losses, assumptions: assumptionsOf(where) };
  } catch (fault) {
    if (!(fault instanceof Refusal || fault instanceof TooLarge)) throw fault;
    const { message: why, feature, origin } = fault;
    return { kind: 'refused', losses: [{ feature, effect: 'refused', why, origin }, ...losses] };
  }
}

/** One command, or a chain of them, each of which looks for some of the conditions in what the one before let through. */
function commandOf(query: Query, where: Predicate, { multiValued }: Profile): string {
  const several = new Set(multiValued);
  const parts = divided(conditionsOf(where, (field) => several.has(field)));
  if (parts.some((part) => compiledSize(part) > MOST_BYTES)) throw new TooLarge(query);
  return parts.map((part, at) => command(part, at === 0 ? ' events.ndjson' : '')).join(' | ');
}

/** As many conditions in each expression as PCRE can compile. */
function divided(conditions: readonly string[]): string[] {
  const parts: string[] = [];
  for (const condition of conditions) {
    const longer = `${parts.at(-1) ?? '^'}${condition}`;
    if (parts.length > 0 && compiledSize(longer) <= MOST_BYTES) parts[parts.length - 1] = longer;
    else parts.push(`^${condition}`);
  }
  return parts.length === 0 ? ['^'] : parts;
}

/** A single test of the whole line is grep's own. */
function wholeLine(where: Predicate): string | undefined {
  if (where.kind !== 'regex' && where.kind !== 'like') return undefined;
  if (typeof where.field === 'string' || where.field.rendered !== 'json-line') return undefined;
  return lineExpression(where.kind === 'regex' ? where.regex : treeAlone(patternTree(where.pattern, where.cased)));
}

function command(expression: string, file: string): string {
  return `LC_ALL=C.UTF-8 grep -P ${quoteWord(expression)}${file}`;
}

function assumptionsOf(where: Predicate): string[] {
  const noted: Noted = new Set();
  if (fieldsOf(where).some((field) => field.includes('.'))) noted.add('dotted');
  return sentences(noted);
}
