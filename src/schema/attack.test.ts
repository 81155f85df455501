import { expect, it } from 'vitest';
import { successorOf, tacticOf, tactics, techniqueOf, techniques } from './attack.ts';

it('knows techniques with their parents and tactics, in any case', () => {
  expect(techniqueOf('t1003.001')).toEqual({
    id: 'T1003.001',
    name: 'LSASS Memory',
    parent: 'T1003',
    tactics: ['credential-access'],
    fate: { kind: 'current' },
  });
  expect(techniqueOf('T1003')?.parent).toBeNull();
  expect(techniqueOf('T1686')?.fate).toEqual({ kind: 'new' });
  expect(techniqueOf('T9999')).toBeUndefined();
});

it('leads from a revoked technique to one that is in use', () => {
  expect(techniqueOf('T1086')?.fate).toEqual({ kind: 'revoked', by: 'T1059.001' });
  for (const technique of techniques) expect(successorOf(technique)?.fate.kind, technique.id).not.toBe('revoked');
});

it('knows the tactics of every technique', () => {
  for (const { id, tactics: of } of techniques) for (const tag of of) expect(tacticOf(tag)?.tag, id).toBe(tag);
  expect(tactics).toHaveLength(16);
});

it('takes a tactic with underscores or by its id', () => {
  expect(tacticOf('Credential_Access')?.id).toBe('TA0006');
  expect(tacticOf('ta0006')?.tag).toBe('credential-access');
  expect(tacticOf('credentials')).toBeUndefined();
});
