import { normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { never } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { ValueAtom } from '../map-fields.ts';
import type { Note } from '../rewrite.ts';
import { boundedRegex } from './bounded-regex.ts';

/**
 * Carries a test of one value over to a field that holds it as an element of XML: `<Data>value</Data>`. Holes stop at
 * the next `<`. `&`, `<` and `>` of the value stand there as `&amp;` and the like, and so they do in the expression.
 */
export function mapElement(atom: ValueAtom, field: string, name: string, note: Note): Predicate {
  switch (atom.kind) {
    case 'exists':
      return elementOf(field, name, [{ wild: 'many' }], false);
    case 'equal':
      return elementOf(field, name, [String(atom.value)], false);
    case 'like': {
      const pattern = normal(atom.pattern);
      const texts = pattern.filter((piece) => typeof piece === 'string');
      if (pattern.length > texts.length && texts.some(isPartOfSign))
        note(name, 'wider', 'part of the text is also found in the way in which XML writes a sign');
      if (texts.some((text) => /["']/.test(text)))
        note(name, 'narrower', 'XML may write a quotation mark of the value as `&quot;` or `&apos;`');
      if (pattern.some((piece) => typeof piece !== 'string' && piece.wild === 'one'))
        note(name, 'narrower', 'XML writes some signs as several characters, which a hole of one does not span');
      return elementOf(field, name, pattern, atom.cased);
    }
    case 'regex':
    case 'term':
      note(name, 'differs', `a ${atom.kind} test of one value was put to all of ${field}`);
      return { ...atom, field };
    case 'compare':
    case 'cidr':
      note(name, 'narrower', `a value within ${field} can't be read as a number, time or address`);
      return never;
  }
}

function elementOf(field: string, name: string, pattern: Pattern, cased: boolean): Predicate {
  const written = pattern.map((piece) => (typeof piece === 'string' ? escapedXml(piece) : piece));
  const whole = normal([`<${name}>`, ...written, `</${name}>`]);
  return { kind: 'regex', field, regex: boundedRegex([], whole, [], '<', cased) };
}

/** Whether a hole before the text could end within `&amp;`, or one behind it begin there. */
function isPartOfSign(text: string): boolean {
  const signs = ['amp;', 'lt;', 'gt;', 'quot;', 'apos;'];
  const folded = text.toLowerCase();
  return signs.some((sign) => sign.includes(folded)) || /^[a-z]{0,4};/.test(folded);
}

/** A text as XML writes it. */
export function escapedXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The values of the elements of this name in an XML text, in their order. */
export function elementsIn(xml: string, name: string): string[] {
  const values: string[] = [];
  const [open, close] = [`<${name}>`, `</${name}>`];
  for (let at = xml.indexOf(open); at !== -1; at = xml.indexOf(open, at + 1)) {
    const start = at + open.length;
    const end = xml.indexOf('<', start);
    if (end !== -1 && xml.startsWith(close, end)) values.push(unescapedXml(xml.slice(start, end)));
  }
  return values;
}

function unescapedXml(text: string): string {
  const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => signs[name]!);
}
