import { evaluate } from '../src/ir/evaluate.ts';
import { eventOf } from '../src/ir/event.ts';
import type { Event } from '../src/ir/event.ts';
import type { Detection } from '../src/ir/detection.ts';
import { many, normal, one } from '../src/ir/pattern.ts';
import type { Pattern, Piece } from '../src/ir/pattern.ts';
import { all, always, any, atomsOf, mapAtoms, never, not } from '../src/ir/predicate.ts';
import type { Atom, Predicate } from '../src/ir/predicate.ts';
import type { Query } from '../src/ir/query.ts';
import type { Regex, RegexNode } from '../src/ir/regex/tree.ts';
import { satisfy } from '../src/logic/relate.ts';
import type { ValueClass } from '../src/logic/relate.ts';
import { applyLogSource, mapToKind } from '../src/passes/apply-log-source.ts';
import { taxonomyName } from '../src/passes/to-taxonomy.ts';
import { eventKinds } from '../src/schema/log-sources.ts';
import { tableField } from '../src/schema/profile.ts';
import type { Profile } from '../src/schema/profile.ts';

/** Something that many published queries do to their rules: what is left of either side if one looks past it. */
interface Defect {
  readonly name: string;
  readonly forgive: (where: Predicate, profile: Profile) => Predicate;
}

/** The worst first: the first of them that can be done without are left out of the answer. */
const defects: readonly Defect[] = [
  { name: 'how the tests are combined', forgive: (where) => any(testsOf(where)) },
  { name: 'signs in values', forgive: onAtoms(lettersAlone) },
  { name: 'wildcards at the edges', forgive: onPatterns((pattern) => contains(pattern)) },
  { name: 'values cut at blanks', forgive: (where) => mapAtoms(where, cutAtBlanks) },
  { name: 'networks as texts', forgive: onAtoms(networkAsText) },
  { name: 'backslashes', forgive: onPatterns((pattern) => onTexts(pattern, (text) => text.replace(/\\+/g, '\\'))) },
  {
    name: 'how long a wildcard is',
    forgive: onPatterns((pattern) => pattern.map((piece) => (typeof piece === 'string' ? piece : many))),
  },
  { name: 'a wildcard taken for a character', forgive: onPatterns(unescaped) },
  { name: 'edges of an expression', forgive: onAtoms(unanchored) },
  { name: 'form of a number', forgive: onPatterns(inDecimal) },
  { name: 'free text', forgive: onAtoms(asKeyword) },
  { name: 'case', forgive: onAtoms(uncased) },
  {
    name: 'event id',
    forgive: (where, profile) => without(where, ({ eventId }) => [eventId, ...kindFields(profile)], profile),
  },
  {
    name: 'log source',
    forgive: (where, profile) => without(where, ({ channel, provider }) => [channel, provider, 'EventType'], profile),
  },
  { name: 'field names', forgive: (where, profile) => onFields(where, (field) => bareName(field, profile)) },
  { name: 'sub-field .keyword', forgive: (where) => onFields(where, (field) => field.replace(/\.keyword$/, '')) },
];

/** What must be left of the rule for the two to agree. */
type Reading = readonly [name: string, where: Predicate];

/** Classes of events that are left out of account where nothing else helps. */
const rare: readonly ValueClass[] = ['multi-valued', 'line-break', 'non-ascii-folding', 'missing'];

/**
 * The least that must be forgiven for a query to be the rule, in words, or undefined where that is not enough. Events
 * that told the two apart once tell the next attempts apart without a proof.
 */
export function defectsOf(rule: readonly Detection[], query: Predicate, profile: Profile): string | undefined {
  const seen: Event[] = [];
  const agree = (meant: Predicate, forgiven: readonly Defect[], exclude: readonly ValueClass[] = []): boolean => {
    const [a, b] = [meant, query].map((side) =>
      forgiven.reduceRight((where, { forgive }) => forgive(where, profile), side),
    ) as [Predicate, Predicate];
    if (seen.some((event) => evaluate(a, event) !== evaluate(b, event)) && exclude.length === 0) return false;
    const found = satisfy(any([all([a, not(b)]), all([b, not(a)])]), { exclude });
    if (found.kind === 'event') seen.push(eventOf(found.event));
    return found.kind === 'none';
  };
  let least: readonly string[] | undefined;
  for (const [name, meant] of readings(rule, profile)) {
    const isRare = !agree(meant, defects);
    const exclude = isRare ? rare : [];
    if (isRare && !agree(meant, defects, rare)) continue;
    const needed = leastOf((fewer) => agree(meant, fewer, exclude));
    const said = [name, ...needed.map((each) => each.name), ...(isRare ? ['rare events'] : [])].filter(Boolean);
    if (!least || said.length < least.length) least = said;
    if (least.length <= 2) break;
  }
  return least && (least.join(' + ') || 'none');
}

/** The defects of which none can be done without; most can, so that they are left out many at a time first. */
function leastOf(suffice: (fewer: readonly Defect[]) => boolean): readonly Defect[] {
  let left = defects;
  for (const size of [8, 3, 1])
    for (let at = 0; at < left.length;) {
      const fewer = left.toSpliced(at, size);
      if (suffice(fewer)) left = fewer;
      else at += size;
    }
  return left;
}

function readings(rule: readonly Detection[], profile: Profile): Reading[] {
  const queries = rule.flatMap((detection) => detection.queries);
  const placed = (schema: Profile, some: readonly Query[]) =>
    any(some.map((query) => applyLogSource(query, schema).query.where));
  const { channelPrefix } = profile.source;
  const prefixes = typeof channelPrefix === 'string' ? [] : channelPrefix;
  const withSource = (change: (query: Query) => Predicate) =>
    any(queries.map((query) => all([sourceOf(query, profile), change(query)])));
  return [
    ['', placed(profile, queries)],
    ...prefixes.map((prefix): Reading => [
      `only sources that begin ${prefix}`,
      placed({ ...profile, source: { ...profile.source, channelPrefix: prefix } }, queries),
    ]),
    ...[0, 1].map((at): Reading => [
      'one kind of event of several',
      withSource(({ where, logsource }) => {
        const kind = eventKinds(logsource).kinds[at];
        return kind ? mapToKind(where, kind, profile) : where;
      }),
    ]),
    ['no field mapping', withSource(({ where }) => mapAtoms(where, (atom) => renamed(atom, profile)))],
    ...(queries.length < 2
      ? []
      : queries.map((query): Reading => ['one document of several', placed(profile, [query])])),
  ];
}

/** What a rule's log source asks; nothing where the schema does not know it. */
function sourceOf(query: Query, profile: Profile): Predicate {
  const { problems, query: placed } = applyLogSource({ ...query, where: always }, profile);
  return problems.length > 0 ? always : placed.where;
}

function renamed(atom: Atom, { prefix, source }: Profile): Atom {
  if (atom.kind === 'keyword' || typeof atom.field !== 'string') return atom;
  return { ...atom, field: atom.field === 'EventID' ? (source.eventId ?? 'EventID') : `${prefix}${atom.field}` };
}

function onAtoms(change: (atom: Atom) => Atom): Defect['forgive'] {
  return (where) => mapAtoms(where, change);
}

function onFields(where: Predicate, rename: (field: string) => string): Predicate {
  return mapAtoms(where, (atom) =>
    'field' in atom && typeof atom.field === 'string' ? { ...atom, field: rename(atom.field) } : atom,
  );
}

function onPatterns(change: (pattern: Pattern) => Pattern): Defect['forgive'] {
  return onAtoms((atom) => {
    if (atom.kind === 'equal') return { ...atom, kind: 'like', pattern: change([String(atom.value)]), cased: false };
    if (atom.kind === 'like') return { ...atom, pattern: normal(change(atom.pattern)) };
    if (atom.kind !== 'keyword' || atom.test.kind !== 'like') return atom;
    return { ...atom, test: { ...atom.test, pattern: normal(change(atom.test.pattern)) } };
  });
}

function onTexts(pattern: Pattern, change: (text: string) => string): Pattern {
  return pattern.map((piece) => (typeof piece === 'string' ? change(piece) : piece));
}

function contains(pattern: Pattern): Pattern {
  return [many, ...pattern, many];
}

/** `\*` and `*` are the wildcard, with or without the backslash before it. */
function unescaped(pattern: Pattern): Pattern {
  const pieces = pattern.flatMap((piece): Piece[] =>
    typeof piece !== 'string'
      ? [piece]
      : piece.split(/([*?])/).map((part) => (part === '*' ? many : part === '?' ? one : part)),
  );
  return normal(pieces).map((piece, at, joined) =>
    typeof piece === 'string' && typeof joined[at + 1] === 'object' ? piece.replace(/\\+$/, '') : piece,
  );
}

function inDecimal(pattern: Pattern): Pattern {
  const [text] = pattern;
  return pattern.length === 1 && typeof text === 'string' && /^0x[0-9a-f]{1,8}$/i.test(text)
    ? [String(Number(text))]
    : pattern;
}

/** Each word of a value for itself. */
function cutAtBlanks(atom: Atom): Predicate {
  if (atom.kind !== 'like' || !atom.pattern.some((piece) => typeof piece === 'string' && piece.includes(' ')))
    return atom;
  const words: Piece[][] = [[]];
  for (const piece of atom.pattern) {
    if (typeof piece !== 'string') words.at(-1)!.push(piece);
    else
      for (const [at, part] of piece.split(' ').entries()) {
        if (at > 0) words.push([]);
        if (part !== '') words.at(-1)!.push(part);
      }
  }
  return any(words.filter((word) => word.length > 0).map((pattern) => ({ ...atom, pattern })));
}

/** Addresses in a network by the network's name, also where that is all that is sought, or `10.*` stands for it. */
function networkAsText(atom: Atom): Atom {
  if (atom.kind === 'cidr') return { kind: 'like', field: atom.field, pattern: [atom.network], cased: false };
  const [head, ...rest] = atom.kind === 'like' ? atom.pattern : [];
  if (atom.kind !== 'like' || typeof head !== 'string' || rest.length !== 1 || rest[0] === one) return atom;
  const [kept] = /^(?:\d{1,3}\.){1,3}$/.exec(head) ?? [];
  if (kept === undefined) return atom;
  const numbers = kept.split('.').slice(0, -1);
  const address = [...numbers, '0', '0', '0'].slice(0, 4).join('.');
  return { ...atom, pattern: [`${address}/${8 * numbers.length}`] };
}

/** Every test of a predicate, whether it is to hold or not. */
function testsOf(where: Predicate): Predicate[] {
  return [...atomsOf(where)];
}

/** Words sought in the event, in a rendering of it, or in a text of many words are all sought alike. */
function asKeyword(atom: Atom): Atom {
  if (atom.kind === 'term') {
    const like: Atom = { kind: 'like', field: atom.field, pattern: [many, atom.term, many], cased: atom.cased };
    return asKeyword(like);
  }
  if (atom.kind === 'keyword' && atom.test.kind === 'like')
    return { ...atom, test: { ...atom.test, pattern: normal(contains(atom.test.pattern)) } };
  if (!('field' in atom) || typeof atom.field === 'string') return atom;
  if (atom.kind === 'like')
    return { kind: 'keyword', test: { kind: 'like', pattern: normal(contains(atom.pattern)), cased: atom.cased } };
  return atom.kind === 'regex' ? { kind: 'keyword', test: { kind: 'regex', regex: atom.regex } } : atom;
}

function uncased(atom: Atom): Atom {
  if (atom.kind === 'like' || atom.kind === 'term') return { ...atom, cased: false };
  if (atom.kind === 'regex') return { ...atom, regex: onTree(atom.regex, folded) };
  if (atom.kind !== 'keyword') return atom;
  return atom.test.kind === 'like'
    ? { ...atom, test: { ...atom.test, cased: false } }
    : { ...atom, test: { kind: 'regex', regex: onTree(atom.test.regex, folded) } };
}

function onTree(regex: Regex, change: (tree: RegexNode) => RegexNode): Regex {
  return { ...regex, tree: change(regex.tree) };
}

function folded(node: RegexNode): RegexNode {
  switch (node.kind) {
    case 'set':
      return { ...node, fold: true };
    case 'concat':
    case 'either':
      return { ...node, of: node.of.map(folded) };
    case 'group':
    case 'repeat':
    case 'look':
      return { ...node, of: folded(node.of) };
    default:
      return node;
  }
}

function unanchored(atom: Atom): Atom {
  return atom.kind === 'regex' ? { ...atom, regex: onTree(atom.regex, withoutEdges) } : atom;
}

function withoutEdges(tree: RegexNode): RegexNode {
  if (tree.kind === 'group') return { ...tree, of: withoutEdges(tree.of) };
  if (tree.kind !== 'concat') return tree;
  const of = tree.of.filter((part) => part.kind !== 'anchor');
  return of.length === 1 ? withoutEdges(of[0]!) : { ...tree, of };
}

/** Languages differ in what signs mean, most of all in expressions: the letters and digits that are named are left. */
function lettersAlone(atom: Atom): Atom {
  if (atom.kind !== 'regex' && atom.kind !== 'like') return atom;
  const text = atom.kind === 'regex' ? lettersOf(atom.regex.tree) : atom.pattern.map(asText).join('');
  const left = text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  return { kind: 'like', field: atom.field, pattern: [left], cased: false };
}

function asText(piece: Piece): string {
  return typeof piece === 'string' ? piece : '';
}

function lettersOf(node: RegexNode): string {
  switch (node.kind) {
    case 'set': {
      const [first, ...others] = node.ranges;
      return first && others.length === 0 && first[0] === first[1] ? String.fromCodePoint(first[0]) : '';
    }
    case 'concat':
    case 'either':
      return node.of.map(lettersOf).join('');
    case 'group':
    case 'repeat':
    case 'look':
      return lettersOf(node.of);
    default:
      return '';
  }
}

/** A field by its name in no schema: Sigma's, without the path to it, its case and its signs. */
function bareName(field: string, profile: Profile): string {
  const name = taxonomyName(field.replace(/\.keyword$/, ''), profile);
  const last = name.split('.').at(-1)!;
  return last.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

/** Takes tests of some of the fields by which a log is told as met. */
/** The fields, besides that of its table, by which a schema of tables tells kinds of events apart. */
function kindFields({ holds = {} }: Profile): string[] {
  return Object.values(holds).flatMap((terms) => Object.keys(terms).filter((name) => name !== tableField));
}

function without(
  where: Predicate,
  pick: (source: Profile['source']) => readonly (string | null)[],
  profile: Profile,
): Predicate {
  const names = new Set(pick(profile.source).flatMap((name) => (name === null ? [] : [name, bareName(name, profile)])));
  const drop = (node: Predicate, wanted: boolean): Predicate => {
    switch (node.kind) {
      case 'all':
      case 'any':
        return { ...node, of: node.of.map((part) => drop(part, wanted)) };
      case 'not':
        return { ...node, of: drop(node.of, !wanted) };
      default:
        if (!('field' in node) || typeof node.field !== 'string' || !names.has(node.field)) return node;
        return wanted ? always : never;
    }
  };
  return drop(where, true);
}
