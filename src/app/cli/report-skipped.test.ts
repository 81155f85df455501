import { expect, it } from 'vitest';
import { planHunt } from '../../engine/plan.ts';
import { accountOf, newAccount, noteOf } from '../hunting.ts';
import { reportSkipped } from './report-skipped.ts';
import { summaryOf } from './summary.ts';

it('tells of events whose records may not be whole', () => {
  const account = newAccount();
  const own = accountOf(account, 'x.evtx');
  for (const flag of ['torn', 'recovered', 'torn'] as const) noteOf(own, { record: 1, raw: {}, flag });
  noteOf(own, { record: 2, raw: {} });
  const said: string[] = [];
  const bad = reportSkipped(account.files, new Set(['x.evtx']), {
    report: ({ severity, code, message }) => said.push(`${severity} ${code}: ${message}`),
  });
  expect(bad).toBe(false);
  expect(said).toEqual([
    'warning events/damaged: 2 records written only in part: read, and what is missing is empty or zero',
    'warning events/damaged: 1 record found behind damage to the file: read, but others may be lost',
  ]);
  expect(summaryOf(planHunt([]), account, 1).flagged).toEqual([
    { file: 'x.evtx', flag: 'torn', events: 2 },
    { file: 'x.evtx', flag: 'recovered', events: 1 },
  ]);
});
