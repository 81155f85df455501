import { compileRegex } from '../../ir/regex/match.ts';
import { parseRegex } from '../../ir/regex/parse.ts';
import type { Regex } from '../../ir/regex/tree.ts';
import type { Node } from '../sigma/yaml/tree.ts';
import { fail, textAt } from './report.ts';
import type { Report } from './report.ts';

const plain = { ignoreCase: false, multiline: false, dotAll: false };

/** An expression of Python's that may match anywhere. */
export function searchRegexAt(node: Node, report: Report): Regex {
  return regexOf(textAt(node, 'an expression', report), node, report);
}

/** An expression that must match from the start, as Python's `re.match` has it; one that takes too long is refused. */
export function startRegexAt(node: Node, report: Report): Regex {
  const source = textAt(node, 'an expression', report);
  regexOf(source, node, report);
  const regex = regexOf(`\\A(?:${source})`, node, report);
  const matcher = compileRegex(regex);
  if (typeof matcher === 'function') return regex;
  return fail(report, node, 'regex', `the expression can't be run: ${matcher.refused}`);
}

function regexOf(source: string, node: Node, report: Report): Regex {
  const read = parseRegex(source, plain);
  if ('regex' in read) return read.regex;
  return fail(report, node, 'regex', `the expression can't be read: ${read.fault.message}`, read.fault.hint);
}
