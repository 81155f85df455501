import { Cursor } from '../../text/cursor.ts';
import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Condition } from '../../schema/pipeline.ts';
import type { Node } from '../sigma/yaml/tree.ts';
import { fail, hintFor } from './report.ts';
import type { Report } from './report.ts';

/** Parentheses and `not`s inside one another. */
const DEEPEST = 100;

/**
 * Reads an expression over named conditions, each of which must occur.
 *
 *     either   = both { 'or' both }
 *     both     = negation { 'and' negation }
 *     negation = 'not' negation | '(' either ')' | name
 */
export function readExpression<C>(
  text: string,
  node: Node,
  named: ReadonlyMap<string, Condition<C>>,
  report: Report,
): Condition<C> {
  const cursor = new Cursor({ name: report.source.name, text });
  const used = new Set<string>();
  const chain = (kind: 'all' | 'any', word: RegExp, next: () => Condition<C>): Condition<C> => {
    const of = [next()];
    while (cursor.take(word)) of.push(next());
    return of.length === 1 ? of[0]! : { kind, of };
  };
  const either = (depth: number): Condition<C> => chain('any', /or(?![\w-])/, () => both(depth));
  const both = (depth: number): Condition<C> => chain('all', /and(?![\w-])/, () => negation(depth));
  const negation = (depth: number): Condition<C> => {
    if (depth > DEEPEST) cursor.fail('depth', `the expression is nested more than ${DEEPEST} levels deep`);
    if (cursor.take(/not(?![\w-])/)) return { kind: 'not', of: negation(depth + 1) };
    if (cursor.take(/\(/)) {
      const inner = either(depth + 1);
      cursor.expect(/\)/, "')'");
      return inner;
    }
    const [name] = cursor.expect(/[A-Za-z\d_-]+/, 'the name of a condition');
    const found = named.get(name.trim());
    if (!found)
      return fail(
        report,
        node,
        'expression',
        `there is no condition '${name.trim()}'`,
        hintFor(name.trim(), [...named.keys()]),
      );
    used.add(name.trim());
    return found;
  };
  try {
    const read = either(0);
    if (!cursor.done) cursor.fail('syntax', "expected 'and', 'or' or the end");
    const unused = [...named.keys()].find((name) => !used.has(name));
    if (unused !== undefined) fail(report, node, 'expression', `the expression does not use the condition '${unused}'`);
    return read;
  } catch (fault) {
    if (!(fault instanceof SyntaxFault) || fault.diagnostic.source === report.source) throw fault;
    return fail(report, node, 'expression', `the expression can't be read: ${fault.diagnostic.message}`);
  }
}
