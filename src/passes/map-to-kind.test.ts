import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import { all, any, mapAtoms, not } from '../ir/predicate.ts';
import type { Atom, Predicate } from '../ir/predicate.ts';
import { eventsFor } from '../ir/testing/random-events.ts';
import { atoms, predicates } from '../ir/testing/random.ts';
import { eventKinds } from '../schema/log-sources.ts';
import { profiles } from '../schema/profiles/index.ts';
import { recordedWinlog } from '../schema/shapes/profiles.ts';
import { mapToKind, placeOf, translate } from './map-to-kind.ts';
import { viewEvent } from './view-event.ts';

const kinds = ['process_creation', 'image_load', 'create_stream_hash', 'ps_classic_start', 'antivirus'].flatMap(
  (category) => eventKinds({ product: 'windows', category }).kinds,
);
const fields = ['Image', 'User', 'Imphash', 'ProcessId', 'IntegrityLevel', 'Hashes', 'Computer', 'Signature', 'Data'];

describe('mapToKind', () => {
  it('leads each part of a mapping to the place where the schema keeps it', () => {
    const [, created] = eventKinds({ product: 'windows', category: 'process_creation' }).kinds;
    const [loaded] = eventKinds({ product: 'windows', category: 'image_load' }).kinds;
    expect(placeOf('User', created!, profiles.winlogbeat)).toMatchObject({
      of: [{ left: 'winlog.event_data.SubjectDomainName', right: 'winlog.event_data.SubjectUserName' }, {}],
    });
    expect(placeOf('md5', loaded!, profiles.ecs)).toBe('file.hash.md5');
    expect(placeOf('md5', loaded!, recordedWinlog)).toMatchObject({
      of: [
        { kind: 'inside', field: 'winlog.event_data.Hashes', key: 'MD5' },
        { of: ['process.hash.md5', 'file.hash.md5'] },
      ],
    });
  });

  it('means of an event what the rule means of the view of it (property)', () => {
    const cases = fc
      .tuple(
        fc.constantFrom(...kinds),
        fc.constantFrom(...Object.values(profiles), recordedWinlog),
        predicates(atoms().chain((atom) => fc.constantFrom(...fields).map((field) => about(atom, field)))),
      )
      .chain(([kind, profile, where]) => {
        const mapped = mapToKind(where, kind, profile);
        const events = fc.oneof(eventsFor(mapped), eventsFor(any([mapped, not(mapped)])), eventsFor(all([mapped])));
        return fc.record({
          kind: fc.constant(kind),
          profile: fc.constant(profile),
          where: fc.constant(where),
          raw: events,
        });
      });
    fc.assert(
      fc.property(cases, ({ kind, profile, where, raw }) => {
        const translated = translate(where, kind, profile);
        fc.pre(translated.losses.length === 0);
        fc.pre(hasOwnTags(raw));
        const event = eventOf(raw);
        expect(evaluate(translated.where, event)).toBe(evaluate(where, viewEvent(event, kind, profile)));
      }),
      { numRuns: process.env['LONG'] ? 20_000 : 1_000 },
    );
  });
});

/** Whether elements have their names as recorders write them: a test in which case does not count can't tell. */
function hasOwnTags(raw: Raw): boolean {
  const tags = JSON.stringify(raw).match(/<\/?data>/gi) ?? [];
  return tags.every((tag) => tag === '<Data>' || tag === '</Data>');
}

/** The atom about a field that mappings do something to. */
function about(atom: Atom, field: string): Atom {
  return mapAtoms(atom, (each): Predicate => {
    if (each.kind === 'keyword' || typeof each.field !== 'string') return each;
    return { ...each, field };
  }) as Atom;
}
