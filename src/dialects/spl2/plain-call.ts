/** Says in functions that SPL has, too, what only SPL2 has functions for. */
import type { Expr } from '../splunk/expression.ts';
import type { Reader } from '../splunk/reader.ts';

/**
 * Replaces, within an expression, the functions of Splunk's stream processor that the older behavioural analytics use:
 * `map_get(input_event, "f")` is the field `f`, `ucast(x, "string", null)` is `x`, `match_regex` is `match`.
 */
export function plainCall(reader: Reader, expr: Expr): Expr {
  switch (expr.kind) {
    case 'path':
      return { ...expr, of: plainCall(reader, expr.of) };
    case 'operation':
      return { ...expr, of: expr.of.map((part) => plainCall(reader, part)) };
    case 'call': {
      const said = plain(reader, expr);
      return said === expr ? { ...expr, of: expr.of.map((part) => plainCall(reader, part)) } : plainCall(reader, said);
    }
    default:
      return expr;
  }
}

function plain(reader: Reader, call: Extract<Expr, { kind: 'call' }>): Expr {
  const [first, second, third] = call.of;
  switch (call.name) {
    case 'map_get': {
      const isEvent = first?.kind === 'name' && first.name === 'input_event';
      if (!isEvent || second?.kind !== 'text' || call.of.length !== 2) return call;
      return { kind: 'name', name: second.value, span: call.span };
    }
    case 'ucast': {
      const isText = second?.kind === 'text' && second.value === 'string';
      const isNull = third?.kind === 'call' && third.name === 'null';
      if (!first || !isText || !isNull || call.of.length !== 3) return call;
      reader.noted.add('ucast');
      return first;
    }
    case 'match_regex':
      reader.noted.add('matchRegex');
      return { ...call, name: 'match' };
    case '[]':
      return reader.cursor.fail('spl2/element', 'which value of an array comes first is not modelled', call.span);
    case '[':
    case '{':
      return reader.cursor.fail('spl2/collection', 'a list or map is not understood as a value', call.span);
    default:
      return call;
  }
}
