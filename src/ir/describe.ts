import { isAnything } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import type { Atom, Field } from './predicate.ts';

/**
 * Says a test in words, for messages and explanations.
 *
 *     describe({ kind: 'like', field: 'Image', pattern: [many, '\\cmd.exe'], cased: false })
 *     // Image ends with '\cmd.exe'
 */
export function describe(atom: Atom): string {
  switch (atom.kind) {
    case 'like':
      return `${fieldText(atom.field)} ${describePattern(atom.pattern)}${atom.cased ? ' (case counts)' : ''}`;
    case 'term': {
      const edges = { whole: 'has the word', prefix: 'has a word beginning with', suffix: 'has a word ending with' };
      return `${fieldText(atom.field)} ${edges[atom.edge]} '${atom.term}'`;
    }
    case 'regex':
      return `${fieldText(atom.field)} matches /${atom.regex.source}/${flagsText(atom.regex.flags)}`;
    case 'equal':
      return `${fieldText(atom.field)} is ${atom.value}`;
    case 'compare':
      return `${atom.part === 'number' ? '' : `${atom.part} of `}${fieldText(atom.field)} ${atom.order} ${atom.value}`;
    case 'cidr':
      return `${fieldText(atom.field)} lies in ${atom.network}`;
    case 'exists':
      return `${fieldText(atom.field)} exists`;
    case 'sameAs': {
      const relations = { whole: 'equals', contains: 'contains', startswith: 'starts with', endswith: 'ends with' };
      return `${fieldText(atom.field)} ${relations[atom.relation]} the value of ${fieldText(atom.other)}`;
    }
    case 'keyword':
      return atom.test.kind === 'regex'
        ? `some value matches /${atom.test.regex.source}/`
        : `some value ${describePattern(atom.test.pattern)}`;
  }
}

/** The name of a field, or what the rendered event is called. */
export function fieldText(field: Field): string {
  return typeof field === 'string' ? field : `the event as ${field.rendered}`;
}

function describePattern(pattern: Pattern): string {
  if (pattern.length === 0) return 'is empty';
  if (isAnything(pattern)) return 'has a value';
  const isMany = (piece: Pattern[number] | undefined) => typeof piece === 'object' && piece.wild === 'many';
  const [open, close] = [isMany(pattern[0]), isMany(pattern.at(-1))];
  const inner = pattern.slice(open ? 1 : 0, close ? -1 : undefined);
  if (inner.some((piece) => typeof piece !== 'string')) return `fits '${wildcardText(pattern)}'`;
  const verb = open && close ? 'contains' : open ? 'ends with' : close ? 'starts with' : 'is';
  return `${verb} '${inner.join('')}'`;
}

/** The pattern as people write it, `*` and `?` for the holes; not to be read back, since literals are not escaped. */
export function wildcardText(pattern: Pattern): string {
  return pattern.map((piece) => (typeof piece === 'string' ? piece : piece.wild === 'many' ? '*' : '?')).join('');
}

function flagsText({
  ignoreCase,
  multiline,
  dotAll,
}: {
  ignoreCase: boolean;
  multiline: boolean;
  dotAll: boolean;
}): string {
  return `${ignoreCase ? 'i' : ''}${multiline ? 'm' : ''}${dotAll ? 's' : ''}`;
}
