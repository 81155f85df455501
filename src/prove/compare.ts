import { describe } from '../ir/describe.ts';
import type { Origin } from '../ir/detection.ts';
import { eventOf } from '../ir/event.ts';
import type { Raw } from '../ir/event.ts';
import type { Predicate } from '../ir/predicate.ts';
import { pairOf, relate } from '../logic/relate.ts';
import type { Relation, ValueClass } from '../logic/relate.ts';
import { blame } from './blame.ts';
import type { Blamed } from './blame.ts';
import { marks } from './marks.ts';
import type { Mark } from './marks.ts';
import { meaningOf, meetingOf, stagesAlike, stagesOf } from './meeting.ts';
import type { Meaning, Meeting } from './meeting.ts';
import { dressed, examplesFor, natural } from './natural.ts';
import type { Profile } from '../schema/profile.ts';
import { sampleValues } from './side.ts';
import type { Side } from './side.ts';
import { exceptions } from './verdict.ts';
import { sourceFields, within } from './within.ts';

/** How two detections stand to each other, and why. */
export interface Comparison {
  /** `unknown` where the filters could not be decided, or where what follows them differs and was not judged. */
  readonly relation: Relation;
  readonly assumptions: readonly string[];
  /** Named classes of events outside of which the two are equivalent; empty where they are so anyway, or never. */
  readonly except: readonly ValueClass[];
  /** For each witness that only one side takes: what the other side asks for and does not find. */
  readonly why: readonly Why[];
}

/** Why `side` does not take the event. */
export interface Why {
  readonly side: 'a' | 'b';
  readonly event: Raw;
  /** What the side that takes the event found in the fields at issue, and what this side's filters found. */
  readonly found: readonly Mark[];
  /** The fields at issue, as the event names them. */
  readonly fields: readonly string[];
  /** What this side wants otherwise; empty where no event of such a log would do. */
  readonly failed: readonly Failed[];
}

/** Something that a detection wants of an event and does not find, or finds and does not want. */
export interface Failed {
  /** Tests in words; where there are several, one of them would be enough. */
  readonly tests: readonly string[];
  readonly wanted: boolean;
  /** The parts of the rule that they come from, each once; none for a query, or a log source. */
  readonly origins: readonly Origin[];
}

/** What is left out of a comparison, and where it takes place. */
export interface CompareOptions {
  /** Compares what is asked of an event, whichever log it comes from. */
  readonly ignoreLogSource?: boolean;
  /** The schema that two rules are compared in, in place of the names that recorders use. */
  readonly profile?: Profile | undefined;
}

/** Compares what two detections select, and shows an event for each difference. */
export function compare(a: Side, b: Side, options: CompareOptions = {}): Comparison {
  const meeting = meetingOf(a, b, options);
  const [left, right] = [meaningOf(a, meeting), meaningOf(b, meeting)];
  const assumptions = [...new Set([...left.assumptions, ...right.assumptions, ...meetingNote(meeting)])];
  const obstacle = left.obstacle ?? right.obstacle;
  if (obstacle !== null) return { relation: undecided(obstacle), assumptions, except: [], why: [] };

  const wheres = [left.where, right.where] as const;
  const samples = [sampleValues(a), sampleValues(b)];
  const known = (name: string) => samples.flatMap((values) => values.get(name) ?? []);
  const examples = examplesFor(meeting.profile, known);
  const asking = { examples, single: sourceFields(meeting.profile) };
  const bare = relate(...wheres, asking);
  // Where logs are ignored there is none to put an event into.
  const look = meeting.kind === 'bare' ? dressed : natural;
  const show = (event: Raw | null) => event && look(event, wheres, meeting.profile, examples);
  const shown = { ...bare, onlyA: show(bare.onlyA), onlyB: show(bare.onlyB), both: show(bare.both) };
  const except =
    shown.relation === 'equivalent' || shown.relation === 'unknown'
      ? []
      : exceptions(pairOf(...wheres, asking), wheres, [shown.onlyA, shown.onlyB]);
  return {
    relation: stagesAlike(left, right) || shown.relation === 'disjoint' ? shown : notJudged(shown, a, b),
    assumptions,
    except: except ?? [],
    why: [
      ...(shown.onlyA ? [reasons('b', shown.onlyA, right, left.where, b, meeting)] : []),
      ...(shown.onlyB ? [reasons('a', shown.onlyB, left, right.where, a, meeting)] : []),
    ],
  };
}

function meetingNote({ kind }: Meeting): string[] {
  switch (kind) {
    case 'taxonomy':
      return ['Fields of the two schemas were taken for the same where the schemas say so; others are told apart.'];
    case 'bare':
      return ['The log source was ignored: tests of channel, event id and provider are taken to come out as wanted.'];
    default:
      return [];
  }
}

function undecided(reason: string): Relation {
  const nothing = { onlyA: null, onlyB: null, both: null };
  return { relation: 'unknown', reason, ...nothing, aNever: false, aAlways: false, bNever: false, bAlways: false };
}

/** The filters were decided, but a count or an order follows one of them that does not follow the other. */
function notJudged(filters: Relation, a: Side, b: Side): Relation {
  const [first, second] = [stagesOf(a), stagesOf(b)];
  const follows = (label: string, stages: string) => `${stages === '' ? 'nothing' : stages} after that of ${label}`;
  const known =
    filters.relation === 'unknown'
      ? (filters.reason ?? 'not decided')
      : `the filters are ${sentences[filters.relation]}`;
  const reason = `${known}; what follows was not judged: ${follows(a.label, first)}, ${follows(b.label, second)}`;
  return { ...filters, relation: 'unknown', reason };
}

const sentences = {
  equivalent: 'equivalent',
  subset: 'contained, the first in the second',
  superset: 'contained, the second in the first',
  overlap: 'overlapping',
  disjoint: 'disjoint',
  unknown: 'not decided',
} as const;

function reasons(
  side: 'a' | 'b',
  event: Raw,
  refusing: Meaning,
  taking: Predicate,
  { kind, ...rest }: Side,
  { profile }: Meeting,
): Why {
  const opened = eventOf(event);
  const ofThisLog = within(refusing.where, event, profile);
  const isOfThisLog = !(ofThisLog.kind === 'any' && ofThisLog.of.length === 0);
  const blamed = isOfThisLog ? blame(ofThisLog, opened) : otherLog(blame(refusing.where, opened), profile);
  const origins = kind === 'rule' && 'detection' in rest ? rest.detection.origins : [];
  const fields = [...new Set(blamed.flatMap(({ tests }) => tests.flatMap(namesIn)))];
  const found = [
    ...marks(taking, opened).filter(({ field }) => fields.includes(field)),
    ...blamed.filter(({ wanted }) => !wanted).flatMap(({ tests }) => tests.flatMap((test) => marks(test, opened))),
  ];
  return { side, event, found, fields, failed: blamed.map((each) => inWords(each, origins)) };
}

/** Of an event of a log that the detection does not look at, that it is so says enough. */
function otherLog(blamed: readonly Blamed[], profile: Profile): readonly Blamed[] {
  const names = sourceFields(profile);
  const telling = blamed.filter(({ tests }) =>
    tests.every((test) => namesIn(test).some((name) => names.includes(name))),
  );
  return telling.length > 0 ? telling : blamed;
}

function namesIn(atom: Blamed['tests'][number]): string[] {
  if (atom.kind === 'keyword' || typeof atom.field !== 'string') return [];
  return atom.kind === 'sameAs' && typeof atom.other === 'string' ? [atom.field, atom.other] : [atom.field];
}

function inWords({ tests, wanted }: Blamed, origins: readonly Origin[]): Failed {
  const places = tests.flatMap(({ origin }) => (origin === undefined ? [] : (origins[origin] ?? [])));
  return { tests: [...new Set(tests.map(describe))], wanted, origins: [...new Set(places)] };
}
