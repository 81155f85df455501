import { isAnything, many, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { always, any } from '../../ir/predicate.ts';
import type { Order, Predicate } from '../../ir/predicate.ts';
import type { FieldType } from '../../schema/profile.ts';
import { typeOf } from '../../schema/profile.ts';
import { assume } from './assumptions.ts';
import { isWhole } from './capabilities.ts';
import { fail } from './reader.ts';
import type { Literal, Reader } from './reader.ts';
import { BLANKS } from './text.ts';

/**
 * Says what a test means on a field of its type: Kibana compiles it to `exists`, `term`, `match`, `match_phrase`,
 * `wildcard` or `query_string` (`@kbn/es-query`, `functions/is.ts`). `field` is null where none is named.
 * Throws a SyntaxFault for a test that has no meaning there.
 */
export function readTest(field: Literal | null, value: Literal, reader: Reader): Predicate {
  if (value.kind === 'null')
    return fail(
      reader,
      value.span,
      'kibana/null',
      '`null` is no value in Elasticsearch',
      'write `not field: *` for a field that is not there',
    );
  const name = field === null ? null : nameOf(field, reader);
  const lone = isAnything(normal(value.pieces)) && value.kind === 'pattern';
  if (name === null) return lone ? always : readKeyword(value, reader);
  if (lone) return { kind: 'like', field: name, pattern: [many], cased: true };
  const type = typeOf(reader.profile, name);
  switch (type.kind) {
    case 'wildcard':
      refuseOperators(value, reader);
      return any(patternsOf(value, reader).map((pattern) => onKeyword(pattern, name, type, reader)));
    case 'keyword':
      return onKeyword(normal(value.pieces), name, type, reader);
    case 'text':
      return onText(value, name, type.analyzer, reader);
    case 'number':
    case 'boolean':
    case 'ip':
    case 'date':
      return onValue(value, name, type, reader);
  }
}

/** Reads `f < 5` and its like: only of number fields, since others are ordered as texts or as points in time. */
export function readRange(field: Literal, operator: string, value: Literal, reader: Reader): Predicate {
  const name = nameOf(field, reader);
  const span = { start: field.span.start, end: value.span.end };
  if (name === null) return fail(reader, span, 'kibana/range', 'a range needs the name of a field');
  const type = typeOf(reader.profile, name);
  if (type.kind !== 'number')
    return fail(
      reader,
      span,
      'kibana/range',
      `a range over '${name}', of type ${type.kind}, compares texts or times, not numbers`,
    );
  reader.assumptions.add(assume.numbers);
  return { kind: 'compare', field: name, part: 'number', order: operator as Order, value: number(value, reader) };
}

/** The field that is named; null for `*`, which is all of them. */
function nameOf(field: Literal, reader: Reader): string | null {
  if (field.kind === 'pattern' && isAnything(normal(field.pieces))) return null;
  const [name = ''] = field.pieces;
  if (field.kind === 'null' || (name === '' && field.kind !== 'pattern'))
    return fail(reader, field.span, 'kibana/field', 'this is no name of a field', 'quote a name such as `null`');
  if (field.kind !== 'pattern') return String(name);
  return fail(
    reader,
    field.span,
    'kibana/field-pattern',
    'a name with a wildcard stands for every field of such a name',
    'name the fields one by one',
  );
}

/**
 * The patterns of which one must fit: unless the field is a keyword field, a value with wildcards goes to query_string,
 * which divides it at its blanks: `*a b*` is `*a` or `b*`.
 */
function patternsOf({ kind, pieces, span }: Literal, { source, diagnostics }: Reader): Pattern[] {
  const whole = normal(pieces);
  if (kind !== 'pattern') return [whole];
  const parts = divided(whole);
  if (parts.length > 1) {
    const message = 'Elasticsearch divides this value at its blanks, and one of the parts is enough';
    const hint = 'write `*` for each blank; only keyword fields take blanks in a value with wildcards';
    diagnostics.push({ code: 'kibana/divided', severity: 'warning', message, source, span, hint });
  }
  return parts;
}

/** Words in a row without wildcards stay one text, but for the last before a lone `*`. */
function divided(pattern: Pattern): Pattern[] {
  const words: Pattern[] = [[]];
  for (const piece of pattern) {
    if (typeof piece !== 'string') words.push([...(words.pop() ?? []), piece]);
    else
      for (const [index, text] of piece.split(BLANKS).entries())
        words.push(index === 0 ? [...(words.pop() ?? []), text] : [text]);
  }
  const parts = words.map(normal).filter((word) => word.length > 0);
  const joined: Pattern[] = [];
  let row: string[] = [];
  const flush = () => {
    if (row.length > 0) joined.push([row.join(' ')]);
    row = [];
  };
  for (const [index, word] of parts.entries()) {
    const [first] = word;
    const plain = word.length === 1 && typeof first === 'string';
    const next = parts[index + 1];
    if (plain && row.length > 0 && next && isAnything(next)) flush();
    if (plain) row.push(first);
    else {
      flush();
      joined.push(word);
    }
  }
  flush();
  return joined;
}

function onKeyword(pattern: Pattern, field: string, type: FieldType, { assumptions }: Reader): Predicate {
  const cased = isWhole(type);
  if (!cased) assumptions.add(assume.folding);
  return { kind: 'like', field, pattern, cased };
}

/** A test without a field looks at every field; what that is on fields of words or numbers is not said here. */
function readKeyword(value: Literal, reader: Reader): Predicate {
  const type = reader.profile.defaultType;
  if (!isWhole(type)) {
    const message = `a test without a field is not read where most fields are of type ${type.kind}`;
    return fail(reader, value.span, 'kibana/no-field', message);
  }
  refuseOperators(value, reader);
  reader.assumptions.add(assume.everyField);
  const patterns = value.kind === 'pattern' ? divided(normal(value.pieces)) : [normal(value.pieces)];
  return any(
    patterns.map((pattern): Predicate =>
      isAnything(pattern) ? always : { kind: 'keyword', test: { kind: 'like', pattern, cased: true } },
    ),
  );
}

/** In a text that query_string divides, `AND`, `OR` and `NOT` are operators again. */
function refuseOperators({ kind, pieces, span }: Literal, reader: Reader): void {
  if (
    kind === 'pattern' &&
    divided(normal(pieces)).some(
      ([first, more]) => more === undefined && typeof first === 'string' && /(?:^| )(?:AND|OR|NOT)(?: |$)/.test(first),
    )
  )
    fail(reader, span, 'kibana/operator', 'Elasticsearch reads AND, OR and NOT in this value as operators');
}

const WORD = /^[0-9A-Za-z]+$/;

/** Words of analysed text: one word, whole or in part, or some of several. */
function onText(value: Literal, field: string, analyzer: 'standard' | 'whitespace', reader: Reader): Predicate {
  reader.assumptions.add(assume.folding).add(assume.words);
  const term = (word: string, edge: 'whole' | 'prefix' | 'suffix'): Predicate => ({
    kind: 'term',
    field,
    term: word,
    edge,
    tokenizer: 'standard',
    cased: false,
  });
  const pattern = normal(value.pieces);
  const [text, ...others] = pattern.filter((piece) => typeof piece === 'string');
  if (analyzer === 'standard' && text !== undefined && others.length === 0) {
    const words = value.kind === 'bare' ? text.split(/\s+/) : [text];
    if (words.every((word) => WORD.test(word))) {
      const [open, ends] = [pattern[0], pattern.at(-1)].map((piece) => typeof piece === 'object');
      if (open && ends) return { kind: 'like', field, pattern, cased: false };
      return any(words.map((word) => term(word, open ? 'suffix' : ends ? 'prefix' : 'whole')));
    }
  }
  const message = `'${field}' is indexed as words, and what this test finds among them is not modelled`;
  return fail(
    reader,
    value.span,
    'kibana/words',
    message,
    'words of letters and digits are read, one between wildcards',
  );
}

function onValue(value: Literal, field: string, type: FieldType, reader: Reader): Predicate {
  const { assumptions } = reader;
  if (value.kind === 'pattern')
    return fail(
      reader,
      value.span,
      'kibana/pattern',
      `'${field}' is of type ${type.kind}: only keyword and text fields take patterns`,
    );
  const text = String(value.pieces[0] ?? '');
  if (type.kind === 'number') {
    assumptions.add(assume.numbers);
    return { kind: 'equal', field, value: number(value, reader) };
  }
  if (type.kind === 'boolean' && /^(?:true|false)$/.test(text)) return { kind: 'equal', field, value: text === 'true' };
  if (type.kind === 'ip' && /^[\d.]+(?:\/\d{1,2})?$|^[\da-fA-F:.]*:[\da-fA-F:.]*(?:\/\d{1,3})?$/.test(text)) {
    assumptions.add(assume.mapped);
    const whole = text.includes(':') ? 128 : 32;
    return { kind: 'cidr', field, network: text.includes('/') ? text : `${text}/${whole}` };
  }
  return fail(
    reader,
    value.span,
    'kibana/value',
    `'${field}' is of type ${type.kind}, and '${text}' is no value of it`,
  );
}

function number({ pieces: [text = ''], span, kind }: Literal, reader: Reader): number {
  if (kind === 'pattern' || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(String(text)))
    fail(reader, span, 'kibana/number', `the field holds numbers, and '${String(text)}' is none`);
  return Number(text);
}
