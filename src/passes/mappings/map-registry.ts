import { isAnything, literal, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { all, not } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Mapping } from '../../schema/profile.ts';
import type { ValueAtom } from '../map-fields.ts';
import type { Note } from '../rewrite.ts';

type Registry = Extract<Mapping, { kind: 'registry' }>;

/** What the field of types says where a number is stored in decimal. */
export const dwordType = 'SZ_DWORD';

/** Sysmon's text for a number of the registry that is stored in decimal; what is no number stays as it is. */
export function dwordText(decimal: string): string {
  if (!/^(?:0|[1-9]\d{0,9})$/.test(decimal) || Number(decimal) > 0xffffffff) return decimal;
  return `DWORD (0x${Number(decimal).toString(16).padStart(8, '0')})`;
}

/** The decimal number that Sysmon writes as `DWORD (0x0000000a)`, or undefined where the text is something else. */
export function dwordNumber(text: string): string | undefined {
  const digits = /^DWORD \(0x([0-9a-f]{8})\)$/i.exec(text)?.[1];
  return digits === undefined ? undefined : String(parseInt(digits, 16));
}

/**
 * Carries a test of a registry value over to a field that holds numbers in decimal. A text of a whole number is exact, and
 * so is one that no number can fit, since a text that reads like a number is stored as one; what looks for a part of a number's text has nothing to look at.
 */
export function mapRegistry(atom: ValueAtom, { field, type }: Registry, note: Note): Predicate {
  const own: Predicate = { ...atom, field };
  const isNumber: Predicate = { kind: 'like', field: type, pattern: [dwordType], cased: false };
  switch (atom.kind) {
    case 'exists':
      return own;
    case 'like': {
      const pattern = normal(atom.pattern);
      if (isAnything(pattern)) return own;
      const number = dwordNumber(core(pattern));
      if (number === undefined && mayLieInNumber(pattern))
        note(
          field,
          'narrower',
          'numbers of the registry are stored in decimal, so a part of their text has nothing to look at',
        );
      const others = fitsDigits(pattern) ? all([not(isNumber), own]) : own;
      if (number === undefined || (atom.cased && !isCasedAsWritten(pattern))) return others;
      return all([isNumber, { kind: 'like', field, pattern: [number], cased: false }]);
    }
    case 'equal':
      return typeof atom.value === 'number' ? all([not(isNumber), own]) : own;
    case 'compare':
      return all([not(isNumber), own]);
    case 'regex':
    case 'term':
      note(field, 'differs', `a ${atom.kind} test was put to numbers of the registry in decimal`);
      return own;
    case 'cidr':
      return own;
  }
}

/** The text between the wildcards at both ends. */
function core(pattern: Pattern): string {
  const isOpen = (piece: Pattern[number] | undefined) => typeof piece === 'object' && piece.wild === 'many';
  return literal(pattern.slice(isOpen(pattern[0]) ? 1 : 0, isOpen(pattern.at(-1)) ? -1 : undefined)) ?? '';
}

/** Sysmon writes `DWORD` in capitals and digits in small letters. */
function isCasedAsWritten(pattern: Pattern): boolean {
  return /^DWORD \(0x[0-9a-f]{8}\)$/.test(core(pattern));
}

/** Whether the pattern has a hole and nothing in it that a number's text could not hold. */
function mayLieInNumber(pattern: Pattern): boolean {
  return (
    literal(pattern) === undefined &&
    pattern.every((piece) => typeof piece !== 'string' || /^[DWOR (x)0-9a-f]*$/i.test(piece))
  );
}

function fitsDigits(pattern: Pattern): boolean {
  return pattern.length > 0 && pattern.every((piece) => typeof piece !== 'string' || /^\d*$/.test(piece));
}
