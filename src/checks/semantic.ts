import { describe } from '../ir/describe.ts';
import type { Detection } from '../ir/detection.ts';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import { all, any, atomsOf, not } from '../ir/predicate.ts';
import type { All, Any, Atom, Predicate } from '../ir/predicate.ts';
import type { Query } from '../ir/query.ts';
import { isAlways, isNever, satisfy } from '../logic/relate.ts';
import { applyLogSource } from '../passes/apply-log-source.ts';
import { profiles } from '../schema/profiles/index.ts';
import type { Diagnostic, Severity } from '../text/diagnostic.ts';
import type { Source, Span } from '../text/source.ts';

/**
 * Finds what a rule's author can't have meant: each finding is a proof over all events, said in a sentence.
 *
 * A rule or selection that can never match, one that matches every event of its log source, values and tests that
 * change nothing, and a literal `*` or `?` in what looks like a path.
 */
export function checkMeaning(detection: Detection, source: Source): Diagnostic[] {
  const say = reporter(detection, source);
  return detection.queries.flatMap((query) => {
    const extremes = checkExtremes(query, say);
    // In a rule that never matches every value is dead; saying so for each would bury the cause.
    const dead = extremes.length > 0 ? [] : checkDead(query.where, say);
    return [...extremes, ...dead, ...checkLiteralWildcards(query.where, say)];
  });
}

/** Rules are written with one value a field in mind: an array that meets two tests by two elements would hide every contradiction. */
const singleValued = { exclude: ['multi-valued'] } as const;

type Say = (node: Predicate, severity: Severity, code: string, message: string, hint: string) => Diagnostic;

function reporter({ origins }: Detection, source: Source): Say {
  return (node, severity, code, message, hint) => {
    // A part that was read from another file, as a correlation's are, has no place in this one.
    const places = [...atomsOf(node)].flatMap(({ origin }) => (origin === undefined ? [] : (origins[origin] ?? [])));
    const spans = places.flatMap(({ file, span }) => (file === undefined ? span : []));
    return { code, severity, message, source, span: spans[0] ?? wholeFirstLine(source), hint };
  };
}

function wholeFirstLine({ text }: Source): Span {
  const end = text.indexOf('\n');
  return { start: 0, end: end === -1 ? text.length : end };
}

function checkExtremes(query: Query, say: Say): Diagnostic[] {
  const { where } = query;
  if (isNever(where, singleValued))
    return [say(where, 'error', 'meaning/never', 'this rule can never match', neverHint(where))];
  const placed = applyLogSource(query, profiles.raw).query.where;
  if (isNever(placed, singleValued))
    return [
      say(
        where,
        'error',
        'meaning/never',
        'this rule can never match: its log source excludes what it asks for',
        'compare the event ids and channels of the condition with the log source',
      ),
    ];
  if (isAlways(where) && query.then.length === 0)
    return [
      say(
        where,
        'warning',
        'meaning/always',
        'this rule matches every event of its log source',
        'add a test that only the behaviour in question passes',
      ),
    ];
  return [...parts(where)]
    .filter((part) => part !== where && isNever(part, singleValued))
    .slice(0, 1)
    .map((part) =>
      say(
        part,
        'warning',
        'meaning/never-part',
        'this part of the rule can never match, so the rule rests on the others alone',
        neverHint(part),
      ),
    );
}

/** Names two tests of one `all` that exclude each other, if two alone do. */
function neverHint(node: Predicate): string {
  for (const part of parts(node)) {
    if (part.kind !== 'all') continue;
    for (const [index, a] of part.of.entries()) {
      const b = part.of.slice(index + 1).find((other) => isNever(all([a, other]), singleValued));
      if (b) return `no event passes both: ${sentence(a)}, and ${sentence(b)}`;
    }
  }
  return 'look for two tests of one field that exclude each other';
}

function* parts(node: Predicate): Generator<All | Any> {
  if (node.kind === 'not') yield* parts(node.of);
  if (node.kind !== 'all' && node.kind !== 'any') return;
  yield node;
  for (const part of node.of) yield* parts(part);
}

/**
 * Finds parts that change nothing beside their siblings. Where a part is dead, its siblings are judged without it, so
 * that of two equal values one is reported, not both. A part that lives is searched in turn.
 */
function checkDead(node: Predicate, say: Say): Diagnostic[] {
  if (node.kind === 'not') return checkDead(node.of, say);
  if (node.kind !== 'all' && node.kind !== 'any') return [];
  const takes = node.kind === 'any' ? witnessesOf(node.of) : undefined;
  let kept: readonly Predicate[] = node.of;
  return node.of.flatMap((part, index) => {
    const others = kept.filter((each) => each !== part);
    const cause = takes?.(index, others) === false ? undefined : deadBeside(part, others, node.kind);
    if (cause === undefined) return checkDead(part, say);
    kept = others;
    return [say(part, 'info', 'meaning/dead', cause, 'it can be deleted without changing what the rule selects')];
  });
}

/**
 * A cheap refutation for long lists of values: an event that the part takes, shown to the others. If none of them takes
 * it, the part is needed.
 */
function witnessesOf(parts: readonly Predicate[]): (index: number, others: readonly Predicate[]) => boolean {
  return (index, others) => {
    const found = satisfy(parts[index]!, singleValued);
    if (found.kind !== 'event') return true;
    const event = eventOf(found.event);
    return others.some((other) => evaluate(other, event));
  };
}

/** Says why a part is dead beside its siblings, or nothing where it is needed. */
function deadBeside(part: Predicate, siblings: readonly Predicate[], kind: 'all' | 'any'): string | undefined {
  const fields = fieldNames(part);
  const near = siblings.filter((other) => overlaps(fieldNames(other), fields));
  const follows = (from: Predicate, to: Predicate) => isNever(all([from, not(to)]));
  const dead = near.length > 0 && (kind === 'any' ? follows(part, any(near)) : follows(all(near), part));
  if (!dead) return undefined;
  const cause = near.find((other) => (kind === 'any' ? follows(part, other) : follows(other, part)));
  if (!cause) return `this changes nothing beside the other parts: ${sentence(part)}`;
  return kind === 'any'
    ? `this changes nothing: whatever it selects (${sentence(part)}) is selected already by: ${sentence(cause)}`
    : `this changes nothing: it (${sentence(part)}) follows from: ${sentence(cause)}`;
}

function fieldNames(node: Predicate): Set<string> {
  return new Set(
    [...atomsOf(node)].map((atom) =>
      atom.kind === 'keyword' ? '' : typeof atom.field === 'string' ? atom.field : atom.field.rendered,
    ),
  );
}

function overlaps(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((name) => b.has(name));
}

function sentence(node: Predicate): string {
  if (node.kind === 'not') return `not ${sentence(node.of)}`;
  const atoms = [...atomsOf(node)];
  const joined = atoms
    .slice(0, 2)
    .map(describe)
    .join(node.kind === 'any' ? ' or ' : ' and ');
  return atoms.length > 2 ? `${joined} ...` : joined;
}

/**
 * A `*` that stands for itself, in a value that looks like a path: `C:\Windows\*` ends in a literal star by the
 * specification, since a backslash escapes a wildcard; a folder's contents are `C:\Windows\\*`.
 */
function checkLiteralWildcards(where: Predicate, say: Say): Diagnostic[] {
  return [...atomsOf(where)]
    .filter(literalWildcardInPath)
    .map((atom) =>
      say(
        atom,
        'warning',
        'meaning/escaped-wildcard',
        `the backslash before the wildcard makes it a literal character: ${describe(atom)}`,
        'write two backslashes before the wildcard if any file of the folder is meant',
      ),
    );
}

/** Device paths such as `\??\C:` hold question marks that are meant, so only a star is suspicious. */
function literalWildcardInPath(atom: Atom): boolean {
  if (atom.kind !== 'like') return false;
  return atom.pattern.some((piece) => typeof piece === 'string' && piece.includes('*') && piece.includes('\\'));
}
