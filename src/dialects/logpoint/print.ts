import { all } from '../../ir/predicate.ts';
import type { Predicate, RegexTest } from '../../ir/predicate.ts';
import { atomsOf } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import { pcre } from '../../ir/regex/flavours.ts';
import { printRegex } from '../../ir/regex/print.ts';
import type { Profile } from '../../schema/profile.ts';
import { eachOnce, lossesOf } from '../dialect.ts';
import type { Loss, Printed } from '../dialect.ts';
import { sentences } from './assumptions.ts';
import { capabilities } from './capabilities.ts';
import { printSearch } from './print-search.ts';
import type { Writing } from './print-search.ts';
import { printStages } from './print-stages.ts';
import { fieldName, isNameable } from './text.ts';

/**
 * Writes a query as a LogPoint search.
 *
 * Regular expressions are tested in the pipeline, by `process regex`, of which every one must hold; so an expression
 * that stands in an OR or under a NOT is refused.
 *
 *     (event_id=1 command="*-enc*") | process regex("(?i)[a-z]{20}", command, "filter=true")
 */
export function print(query: Query, _profile: Profile): Printed {
  const parts = conjuncts(query.where);
  const expressions = parts.filter(isExpression);
  const search = parts.filter((part) => !isExpression(part));
  const declared = lossesOf(capabilities, query).filter(({ feature }) => feature !== 'term' && feature !== 'cidr.v4');
  const writing: Writing = { noted: new Set(), losses: [...declared, ...search.flatMap(misplaced)] };
  const commands = [
    expressions.length > 0 && search.length === 0 ? '*' : printSearch(all(search), writing),
    ...expressions.map((expression) => processRegex(expression, writing)),
    ...printStages(query.then, writing),
  ];
  const { losses, noted } = writing;
  if (losses.some(({ effect }) => effect === 'refused')) return { kind: 'refused', losses: eachOnce(losses) };
  if (commands[0] === '*') noted.add('everything');
  return { kind: 'text', text: commands.join(' | '), losses: eachOnce(losses), assumptions: sentences(noted) };
}

/** The parts of `all`s in `all`s, flat. */
function conjuncts(node: Predicate): Predicate[] {
  return node.kind === 'all' ? node.of.flatMap(conjuncts) : [node];
}

function isExpression(part: Predicate): part is RegexTest {
  return part.kind === 'regex' && typeof part.field === 'string';
}

function misplaced(part: Predicate): Loss[] {
  const why = 'LogPoint tests an expression in the pipeline after the search, so not in an OR or under a NOT';
  return [...atomsOf(part)].flatMap((atom): Loss[] =>
    atom.kind === 'regex' ? [{ feature: 'regex', effect: 'refused', why, origin: atom.origin }] : [],
  );
}

function processRegex({ field, regex, origin }: RegexTest, { losses, noted }: Writing): string {
  const printed = printRegex(regex, pcre);
  noted.add('regex');
  if ('refused' in printed) losses.push({ feature: 'regex', effect: 'refused', why: printed.refused, origin });
  const name = String(field);
  if (!isNameable(name))
    losses.push({ feature: 'regex', effect: 'refused', why: `LogPoint can't name the field '${name}'`, origin });
  if ('refused' in printed) return '';
  return `process regex("${withoutMarks(printed.text)}", ${fieldName(name)}, "filter=true")`;
}

/** Writes the quotation marks of an expression, `"` or `\"`, as `\x22`: nothing can stand for one between two others. */
function withoutMarks(expression: string): string {
  return expression.replace(/\\([^"])|\\?"/gs, (whole, escaped: string | undefined) =>
    escaped === undefined ? '\\x22' : whole,
  );
}
