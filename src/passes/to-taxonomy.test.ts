import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import { many } from '../ir/pattern.ts';
import type { Pattern } from '../ir/pattern.ts';
import { all, any, not } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import type { LogSource, Query } from '../ir/query.ts';
import { eventsFor } from '../ir/testing/random-events.ts';
import { profiles } from '../schema/profiles/index.ts';
import { applyLogSource } from './apply-log-source.ts';
import { ruleInTaxonomy, toTaxonomy } from './to-taxonomy.ts';

function like(field: string, ...pattern: Pattern): Predicate {
  return { kind: 'like', field, pattern, cased: false };
}

function text(where: Predicate): Query {
  return { logsource: {}, where, then: [] };
}

/** Seeks an event on which two predicates differ; the groups in them may be nested differently. */
function expectAlike(a: Predicate, b: Predicate): void {
  const events = fc.oneof(eventsFor(a), eventsFor(b), eventsFor(all([a, not(b)])), eventsFor(all([b, not(a)])));
  fc.assert(fc.property(events, (raw) => evaluate(a, eventOf(raw)) === evaluate(b, eventOf(raw))));
}

const creation: LogSource = { product: 'windows', category: 'process_creation' };

describe('toTaxonomy', () => {
  it.each([
    ['winlogbeat', 'winlog.event_data.CommandLine'],
    ['ecs', 'process.command_line'],
    ['windows-ta', 'CommandLine'],
    ['flat', 'ProcessCommandLine'],
    ['defender', 'ProcessCommandLine'],
    ['sentinel', 'EventData.CommandLine'],
    ['ocsf', 'process.cmd_line'],
    ['cim', 'process'],
  ] as const)('calls a command line what Sigma calls it, from %s', (profile, field) => {
    expect(toTaxonomy(text(like(field, many, 'x')), profiles[profile]).where).toEqual(like('CommandLine', many, 'x'));
  });

  it.each([
    ['ecs', 'process.name'],
    ['windows-ta', 'process_name'],
    ['ocsf', 'process.file.name'],
    ['defender', 'FileName'],
  ] as const)('finds the name of a file at the end of its path, from %s', (profile, field) => {
    expect(toTaxonomy(text(like(field, 'rundll32.exe')), profiles[profile]).where).toEqual(
      any([like('Image', 'rundll32.exe'), like('Image', many, '\\rundll32.exe')]),
    );
    // An expression over a part can't be put to the whole, so it stays what it was.
    const word: Predicate = { kind: 'term', field, term: 'x', edge: 'whole', tokenizer: 'kusto', cased: false };
    expect(toTaxonomy(text(word), profiles[profile]).where).toEqual(word);
  });

  it('finds the channel behind what stands before it', () => {
    const where = (source: string) => toTaxonomy(text(like('source', source)), profiles['windows-ta']).where;
    expect(where('wineventlog:Security')).toEqual(like('Channel', 'Security'));
    expect(where('/var/log/secure')).toEqual(like('source', '/var/log/secure'));
  });

  it('takes a name that every object has for a name', () => {
    const where = all([like('constructor', 'x'), like('__proto__', 'y')]);
    expect(toTaxonomy(text(where), profiles.flat).where).toEqual(where);
  });

  it('reads a name by the event that it is in', () => {
    const logon = (id: number) => {
      const where = all([{ kind: 'equal', field: 'EventID', value: id }, like('SubjectLogonId', '0x3e7')]);
      return toTaxonomy(text(where), profiles.flat).where;
    };
    expect(logon(4688)).toMatchObject({ of: [{}, { field: 'LogonId' }] });
    expect(logon(4624)).toMatchObject({ of: [{}, { field: 'SubjectLogonId' }] });
  });

  it.each(['raw', 'flat', 'windows-event', 'winlogbeat', 'ecs', 'windows-ta'] as const)(
    'undoes what a rule becomes in %s',
    (name) => {
      const rule: Query = {
        logsource: creation,
        where: all([
          like('Image', many, '\\x.exe'),
          like('ParentImage', 'y'),
          like('ParentCommandLine', 'z'),
          like('Computer', 'c'),
        ]),
        then: [{ kind: 'summarize', by: ['Computer'], with: [], within: null }],
      };
      const back = toTaxonomy(applyLogSource(rule, profiles[name]).query, profiles[name]);
      const meant = ruleInTaxonomy(rule).query;
      expectAlike(back.where, meant.where);
      expect(back.then).toEqual(meant.then);
    },
  );
});
