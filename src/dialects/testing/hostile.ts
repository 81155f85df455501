import { many } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { hostileFields, hostileTexts } from '../../ir/testing/hostile.ts';

/** Texts that close what they stand in, in one language or another, and then say something of their own. */
export const breakouts = [
  '" OR Canary=*',
  '") OR (Canary=*',
  '\\" OR Canary=*',
  "' OR 1=1 --",
  "'') OR true() OR ('",
  '" | where true() | search "',
  '*" OR "*',
  '/ OR /.*/',
  '] OR [* TO *]',
  '\n OR Canary=*',
  '`x` OR Canary=*',
  '``` OR Canary=* ```',
  '\\',
  '\\\\"',
  '$Canary$',
  '\u2028OR Canary=*',
];

/** Ways to use a hostile text in a rule that must hold only where the canary does. */
export function around(hostile: string, witness: Predicate): Predicate[] {
  const like = (field: string, pattern: Pattern): Predicate => ({
    kind: 'like',
    field,
    pattern,
    cased: false,
  });
  const tests: Predicate[] = [
    like('f', [hostile]),
    like('f', [many, hostile, many]),
    { kind: 'like', field: 'f', pattern: [hostile], cased: true },
    like(hostile, ['x']),
    { kind: 'term', field: 'f', term: hostile, edge: 'whole', tokenizer: 'kusto', cased: false },
    { kind: 'sameAs', field: 'f', other: hostile, relation: 'whole', cased: false },
  ];
  return tests.flatMap((test): Predicate[] => [
    { kind: 'all', of: [test, witness] },
    { kind: 'all', of: [{ kind: 'any', of: [test, like('g', ['y'])] }, witness] },
    { kind: 'all', of: [{ kind: 'not', of: test }, witness] },
  ]);
}

/** Pieces of query languages, whole and broken. */
export const fragments = [
  ...hostileFields,
  ...hostileTexts,
  ...breakouts,
  'Image=',
  'Image:',
  'Image="*a*"',
  'Image:*a*',
  'Image IN (',
  'Image in ("a", "b")',
  '| where ',
  '| stats count by Image',
  '| eval x=lower(Image)',
  '| search x="a"',
  '| rex field=Image "(?<x>a)"',
  'match(Image, "a")',
  'isnull(Image)',
  'lower(',
  'case(',
  'count',
  '>5',
  '<=',
  '==',
  '!=',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  'AND',
  'OR',
  'NOT',
  '&&',
  '||',
  '!',
  '/a.*b/',
  '/',
  '[1 TO *]',
  'TO',
  '~2',
  '^3',
  '*',
  'SELECT * FROM events WHERE ',
  "'a'",
  ' LIKE ',
  'NULL',
  'IS NULL',
  ';',
  '--',
];
