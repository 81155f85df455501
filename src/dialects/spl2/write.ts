/** Writes modules and expressions. Every mixed group stands in parentheses, whatever binds tighter. */
import type { Expr } from '../splunk/expression.ts';
import { decimal, quoted } from '../splunk/text.ts';
import type { Command, Dataset, Statement } from './module.ts';
import { nameText, regexLiteral, stepText } from './text.ts';

/** `$rule = | from $source | eval a = lower(b) | where a="x"` */
export function writeStatement({ name, commands }: Statement): string {
  const pipeline = commands.map((command) => `| ${writeCommand(command)}`).join(' ');
  return name === null ? pipeline : `$${name} = ${pipeline}`;
}

function writeCommand(command: Command): string {
  switch (command.kind) {
    case 'from':
      return `from ${writeDataset(command.dataset)}`;
    case 'into':
      return `into ${writeDataset(command.sink)}`;
    case 'eval':
      return `eval ${command.assignments.map(({ name, value }) => `${nameText(name)} = ${write(value)}`).join(', ')}`;
    case 'where':
      return `where ${write(command.test)}`;
    case 'fields':
      return `fields ${command.names.map(nameText).join(', ')}`;
    case 'finding':
      return '--finding_report--';
  }
}

function writeDataset({ of, name }: Dataset): string {
  switch (of) {
    case 'name':
      return nameText(name);
    case 'statement':
      return `$${name}`;
    case 'index':
      return `index:${name}`;
    case 'function':
      return `${name}()`;
  }
}

/** Writes an expression. */
export function write(expr: Expr): string {
  switch (expr.kind) {
    case 'name':
      return nameText(expr.name);
    case 'path':
      return [write(expr.of), ...expr.names.map(stepText)].join('.');
    case 'text':
      return quoted(expr.value);
    case 'regex':
      return regexLiteral(expr.source);
    case 'number':
      return decimal(expr.value);
    case 'call':
      return writeCall(expr.name, expr.of);
    case 'operation':
      return writeOperation(expr.operator, expr.of);
  }
}

function writeCall(name: string, of: readonly Expr[]): string {
  const [first, ...others] = of.map(write);
  if (name === 'in') return `${first} IN (${others.join(', ')})`;
  if (first === undefined && /^(?:true|false|null)$/.test(name)) return name;
  return `${name}(${of.map(write).join(', ')})`;
}

function writeOperation(operator: string, of: readonly Expr[]): string {
  if (operator === 'NOT') return `NOT ${of.map(inGroup).join('')}`;
  if (operator === 'AND' || operator === 'OR') return of.map(inGroup).join(` ${operator} `);
  return of.map(write).join(operator === 'LIKE' ? ' LIKE ' : operator);
}

function inGroup(part: Expr): string {
  const isGroup = part.kind === 'operation' && (part.operator === 'AND' || part.operator === 'OR');
  return isGroup ? `(${write(part)})` : write(part);
}
