import { describe, expect, it } from 'vitest';
import { evaluate } from '../../ir/evaluate.ts';
import { eventOf } from '../../ir/event.ts';
import type { Raw } from '../../ir/event.ts';
import type { Predicate } from '../../ir/predicate.ts';
import { profiles } from '../../schema/profiles/index.ts';
import { queryOf } from '../testing/agreement.ts';
import { assumptions } from './assumptions.ts';
import { powershell } from './index.ts';

function read(condition: string) {
  return powershell.parse({ name: 'query', text: `Get-WinEvent -LogName x | where {${condition}}` }, profiles.raw);
}

function takes(condition: string, event: Raw): boolean {
  const { queries, diagnostics } = read(condition);
  if (queries.length === 0) throw new Error(diagnostics[0]?.message);
  return queries.some(({ where }) => evaluate(where, eventOf({ Channel: 'X', ...event })));
}

function printed(where: Predicate): string {
  const result = powershell.print(queryOf(where), profiles.raw);
  return result.kind === 'text' ? result.text : result.losses[0]!.why;
}

describe('conditions', () => {
  it('bind -and and -or alike, from left to right', () => {
    const text = '$_.Id -eq 1 -or $_.Id -eq 2 -and $_.Level -eq 3';
    expect(takes(text, { EventID: 1 })).toBe(false);
    expect(takes(text, { EventID: 1, Level: 3 })).toBe(true);
  });

  it('do not heed case unless the operator does', () => {
    expect(takes(`$_.MachineName -eq 'DC'`, { Computer: 'dc' })).toBe(true);
    expect(takes(`$_.MachineName -ceq 'DC'`, { Computer: 'dc' })).toBe(false);
    expect(takes(`$_.machinename -CLIKE 'D*'`, { Computer: 'dc' })).toBe(false);
    expect(takes(`$_.MachineName -match '^d'`, { Computer: 'DC' })).toBe(true);
  });

  it('read wildcards with classes and backticks', () => {
    expect(takes(`$_.MachineName -like 'd[a-c]?'`, { Computer: 'dcx' })).toBe(true);
    expect(takes(`$_.MachineName -like 'd[a-c]?'`, { Computer: 'ddx' })).toBe(false);
    expect(takes('$_.MachineName -like "d``**"', { Computer: 'd*x' })).toBe(true);
    expect(takes('$_.MachineName -like "d``**"', { Computer: 'dx' })).toBe(false);
  });

  it('take a missing value for none, also where the empty text would pass', () => {
    expect(takes(`-not ($_.Level -eq 4)`, {})).toBe(true);
    expect(takes(`$null -ne $_.Level`, {})).toBe(false);
    expect(takes(`$_.Level -in @(3, 4)`, { Level: 4 })).toBe(true);
  });

  it('look at the message as lines of names and values', () => {
    expect(takes('$_.message -match "CommandLine.*mimi"', { ParentCommandLine: 'MIMI' })).toBe(true);
    expect(read('$_.message -match "a"').assumptions).toContain(assumptions.message);
  });

  it('close texts with typographic quotation marks, and put in variables, which nobody set', () => {
    expect(takes('$_.MachineName -eq ‘dc’', { Computer: 'dc' })).toBe(true);
    expect(takes('$_.MachineName -eq "$x dc"', { Computer: ' dc' })).toBe(true);
    expect(read('$_.MachineName -eq "$x dc"').assumptions).toContain(assumptions.unset);
    expect(takes('$_.MachineName -eq "`$x ""dc"""', { Computer: '$x "dc"' })).toBe(true);
  });

  it('refuse what leaves over the rest of a list', () => {
    expect(read(`$d['f'] -ne 'x'`).diagnostics[0]?.code).toBe('powershell/operator');
  });
});

describe('printing', () => {
  it('asks whether a field is there before a test that the empty text passes', () => {
    expect(printed({ kind: 'like', field: 'f', pattern: [], cased: false })).toContain(`$d['f'] -contains ''`);
    expect(printed({ kind: 'like', field: 'f', pattern: [{ wild: 'many' }], cased: false })).toContain(
      `$d.ContainsKey('f')`,
    );
  });

  it('filters by what Windows can, and asks every log where none is named', () => {
    const id: Predicate = { kind: 'equal', field: 'EventID', value: 1 };
    const log: Predicate = { kind: 'like', field: 'Channel', pattern: ['Security'], cased: false };
    expect(printed({ kind: 'all', of: [log, id] })).toBe(`Get-WinEvent -FilterHashtable @{LogName='Security'; Id=1}`);
    expect(printed(id)).toMatch(/^Get-WinEvent -ListLog \* .* \$_\.Id -eq 1 \}$/);
  });

  it('says when names differ in case alone', () => {
    const like = (field: string): Predicate => ({ kind: 'like', field, pattern: ['x'], cased: false });
    const where: Predicate = { kind: 'all', of: [like('Image'), like('image')] };
    expect(powershell.print(queryOf(where), profiles.raw)).toMatchObject({ assumptions: [assumptions.caseOfNames] });
  });
});
