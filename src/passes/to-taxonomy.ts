import { mapAtoms } from '../ir/predicate.ts';
import type { Atom, Field, Like, Predicate } from '../ir/predicate.ts';
import type { Query, Stage } from '../ir/query.ts';
import type { Mapping, Profile } from '../schema/profile.ts';
import { windowsEvent } from '../schema/profiles/windows-event.ts';
import { applyLogSource } from './apply-log-source.ts';
import type { Applied } from './apply-log-source.ts';
import { mapFields } from './map-fields.ts';
import { renameStages } from './map-stages.ts';
import { eventIdsOf } from './settle-source.ts';
import { simplify } from './simplify.ts';

/**
 * The way back: a query in a profile's names as one in names that no product has, so that texts in different languages
 * and schemas can be compared, and imported. Fields that an event renames have Sigma's names (`NewProcessName` is
 * `Image`); values stay in the form in which the event records them, since a form can't be undone exactly.
 *
 * Names that the profile does not know stay as they are. What a profile tells events apart by becomes `Channel`,
 * `EventID` and `Provider_Name`.
 */
export function toTaxonomy(query: Query, profile: Profile): Query {
  const rename = ownName(profile);
  const own = mapAtoms(
    query.where,
    (atom) => underived(atom, profile) ?? renameAtom(bareChannel(atom, profile), rename),
  );
  const taxonomic = (field: string) => taxonomyName(field, profile);
  return {
    ...query,
    where: simplify(nameInContext(own, null)),
    then: renameStages(query.then, taxonomic)
      .filter((stage) => !isIdle(stage))
      .map((stage) => intoBranches(stage, profile)),
  };
}

/** A Sigma rule's query in the same names, its log source spelt out as tests. */
export function ruleInTaxonomy(query: Query): Applied {
  const applied = applyLogSource(query, windowsEvent);
  return { ...applied, query: toTaxonomy(applied.query, windowsEvent) };
}

/** The event's own name for a field that a profile calls `field`; a name that the profile does not know is its own answer. */
export function eventName(field: string, profile: Profile): string {
  return ownName(profile)(field);
}

/** Sigma's name for a field that a profile calls `field`; a name that the profile does not know is its own answer. */
export function taxonomyName(field: string, profile: Profile): string {
  const own = ownName(profile)(field);
  return Object.hasOwn(formerly, own) ? formerly[own]! : own;
}

/** A field computed from itself: what gathering it from several places has become, now that they have one name. */
function isIdle(stage: Stage): boolean {
  return (
    stage.kind === 'derive' &&
    stage.from.kind === 'call' &&
    stage.from.function === 'coalesce' &&
    stage.from.with.every((each) => each.kind === 'field' && each.field === stage.field)
  );
}

function intoBranches(stage: Stage, profile: Profile): Stage {
  if (stage.kind !== 'gather') return stage;
  const rename = ownName(profile);
  const of = stage.of.map((branch) => ({
    ...branch,
    query: toTaxonomy(branch.query, profile),
    rename: Object.fromEntries(Object.entries(branch.rename).map(([field, own]) => [field, rename(own)])),
  }));
  return { ...stage, of };
}

/** Event's own names that mean one thing wherever they occur, by Sigma's name for it. */
const formerly: Readonly<Record<string, string>> = {
  NewProcessName: 'Image',
  ParentProcessName: 'ParentImage',
  ProcessCommandLine: 'CommandLine',
  ComputerName: 'Computer',
  SourceName: 'Provider_Name',
};

/** Names that mean it in event 4688 alone. */
const inProcessCreation: Readonly<Record<string, string>> = { ...formerly, SubjectLogonId: 'LogonId' };

/** Renames within each part by the event ids that the parts around it leave over. */
function nameInContext(node: Predicate, ids: ReadonlySet<number> | null): Predicate {
  switch (node.kind) {
    case 'all': {
      const within = narrower(ids, eventIdsOf(node));
      return { ...node, of: node.of.map((part) => nameInContext(part, within)) };
    }
    case 'any':
      return { ...node, of: node.of.map((part) => nameInContext(part, ids)) };
    case 'not':
      return { ...node, of: nameInContext(node.of, ids) };
    default: {
      const names = ids?.size === 1 && ids.has(4688) ? inProcessCreation : formerly;
      return renameAtom(node, (field) => (Object.hasOwn(names, field) ? names[field]! : field));
    }
  }
}

function narrower(a: ReadonlySet<number> | null, b: ReadonlySet<number> | null): ReadonlySet<number> | null {
  if (a === null || b === null) return a ?? b;
  return new Set([...a].filter((id) => b.has(id)));
}

/** A profile's names -> the event's own; of several, the one that the profile lists first. */
function ownName(profile: Profile): (field: string) => string {
  let names = known.get(profile);
  if (!names) known.set(profile, (names = inverse(profile)));
  const ofTables = Object.values(profile.tables ?? {}).map(({ prefix }) => prefix ?? '');
  const prefixes = [profile.prefix, profile.userPrefix ?? '', ...ofTables].filter((prefix) => prefix !== '');
  return (field) => {
    const found = names.get(field);
    if (found !== undefined) return found;
    const prefix = prefixes.find((each) => field.startsWith(each));
    return prefix === undefined ? field : field.slice(prefix.length);
  };
}

const known = new WeakMap<Profile, ReadonlyMap<string, string>>();

function inverse({ fields, prefix, source }: Profile): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  // Without a prefix, another name for a field is often some event's own name: `ComputerName` and `Computer`.
  const isPlain = (mapping: Mapping) => prefix === '' && typeof mapping === 'string';
  if (source.eventId !== null) names.set(source.eventId, 'EventID');
  if (source.provider !== null) names.set(source.provider, 'Provider_Name');
  if (source.channel !== null && source.channelPrefix === '') names.set(source.channel, 'Channel');
  for (const [own, mapping] of Object.entries(fields))
    for (const name of isPlain(mapping) ? [] : namesIn(mapping)) if (!names.has(name)) names.set(name, own);
  return names;
}

function namesIn(mapping: Mapping): readonly string[] {
  if (typeof mapping === 'string') return [mapping];
  return mapping.kind === 'either' ? mapping.of.flatMap(namesIn) : [];
}

/** A test of a name that the schema computes, put to what it is computed from, where that is exact. */
function underived(atom: Atom, { derived = {} }: Profile): Predicate | undefined {
  if (atom.kind === 'keyword' || atom.kind === 'sameAs' || typeof atom.field !== 'string') return undefined;
  const mapping = Object.hasOwn(derived, atom.field) ? derived[atom.field]! : undefined;
  const { where, losses } = mapFields(atom, () => mapping ?? String(atom.field));
  return mapping !== undefined && losses.length === 0 ? where : undefined;
}

/** `source="XmlWinEventLog:Security"` as a test of the channel; a source that is no channel stays what it is. */
function bareChannel(atom: Atom, { source }: Profile): Atom {
  const prefixes = (typeof source.channelPrefix === 'string' ? [source.channelPrefix] : source.channelPrefix).filter(
    (prefix) => prefix !== '',
  );
  if (atom.kind !== 'like' || (atom.field !== source.channel && atom.field !== source.provider)) return atom;
  // Written as Windows writes it, so its case tells nothing: a rule's own test of it would ignore case.
  if (source.verbatim) return { ...atom, cased: false };
  if (atom.field !== source.channel || prefixes.length === 0) return atom;
  const [first, ...others] = atom.pattern;
  const prefix = prefixes.find(
    (each) => typeof first === 'string' && first.toLowerCase().startsWith(each.toLowerCase()),
  );
  if (prefix === undefined) return atom;
  return { ...atom, field: 'Channel', pattern: [(first as string).slice(prefix.length), ...others] } satisfies Like;
}

function renameAtom(atom: Atom, rename: (field: string) => string): Atom {
  const renamed = (field: Field): Field => (typeof field === 'string' ? rename(field) : field);
  if (atom.kind === 'keyword') return atom;
  if (atom.kind === 'sameAs') return { ...atom, field: renamed(atom.field), other: renamed(atom.other) };
  return { ...atom, field: renamed(atom.field) };
}
