import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { kusto } from '../../dialects/kusto/index.ts';
import { queryOf } from '../../dialects/testing/agreement.ts';
import { filesIn, homeOf, linesOf } from '../../dialects/testing/layout.ts';
import { fieldsOf } from '../../ir/predicate.ts';
import { predicates } from '../../ir/testing/random.ts';
import type { ColumnType, Profile } from '../../schema/profile.ts';
import { profiles } from '../../schema/profiles/index.ts';
import { kustoChecker } from './kusto-checker.ts';

const checker = kustoChecker();
const available = await checker.available();
const title = available.ok ? "Microsoft's parser of Kusto" : `Kusto's parser (skipped: ${available.install})`;
const home = homeOf(kusto);

describe.skipIf(!available.ok)(title, () => {
  /** What it says of a text, by code; unknown columns (KS142) need not be told where a text is about no table of ours. */
  const faults = (text: string, profile: Profile = profiles.sentinel) =>
    checker.check([text], profile)[0]!.map(({ code, message }) => `${code} ${message}`);

  beforeAll(() => void faults('SecurityEvent'), 30_000);

  it('says what is wrong, and where', () => {
    const text = 'SecurityEvent | where CommandLin has "x"';
    const [complaint] = checker.check([text], profiles.sentinel)[0]!;
    expect(complaint).toMatchObject({ code: 'KS142', start: 22, end: 32 });
    expect(faults('SecurityEvent | where LogonType has "3"')).toEqual([expect.stringContaining('KS106')]);
    expect(faults('SecurityEvent | where LogonType == 3')).toEqual([]);
  });

  it('takes every golden text', () => {
    const texts = filesIn(join(home, 'golden'), 'kql').flatMap(({ path }) => linesOf(path));
    expect(texts.length).toBeGreaterThan(20);
    for (const text of texts) expect(faults(text), text).toEqual([]);
  });

  it('takes every line that people write, but for columns that are in no table', () => {
    for (const text of linesOf(join(home, 'identity.kql')))
      expect(
        faults(text).filter((fault) => !fault.startsWith('KS142')),
        text,
      ).toEqual([]);
  });

  it('takes no text that our reader refuses for its syntax', () => {
    const names = ['lone-backslash', 'open-quote', 'not-without-parentheses', 'open-parenthesis', 'closes-nothing'];
    for (const name of [...names, 'text-alone', 'unknown-operator', 'pipe-at-the-end', 'trailing-and', 'no-table'])
      expect(faults(readFileSync(join(home, 'errors', `${name}.kql`), 'utf8')), name).not.toEqual([]);
  });

  it('takes whatever is printed, with any names, values and types of columns', () => {
    const types: readonly ColumnType[] = ['string', 'long', 'real', 'datetime', 'bool', 'dynamic'];
    const typed = fc.tuple(predicates(), fc.infiniteStream(fc.constantFrom(...types)));
    fc.assert(
      fc.property(typed, ([where, drawn]) => {
        // The parser, which was compiled to JavaScript, forgets a column of this name.
        fc.pre(!fieldsOf(where).includes('__proto__'));
        const columns = Object.fromEntries(fieldsOf(where).map((field) => [field, drawn.next().value]));
        const tables = { Events: { columns, fields: {}, prefix: null } };
        const inTable = { kind: 'like', field: '$table', pattern: ['Events'], cased: true } as const;
        const profile: Profile = { ...profiles.raw, tables };
        const printed = kusto.print(queryOf({ kind: 'all', of: [inTable, where] }), profile);
        if (printed.kind === 'refused') return;
        expect(faults(printed.text, profile), printed.text).toEqual([]);
      }),
      { numRuns: process.env['LONG'] ? 3000 : 120 },
    );
  });
});
