import { literal } from '../../ir/pattern.ts';
import { all } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';
import type { Query } from '../../ir/query.ts';
import { simplify } from '../../passes/simplify.ts';
import type { Profile } from '../../schema/profile.ts';
import { lossesOf } from '../dialect.ts';
import type { Printed } from '../dialect.ts';
import { sentences } from './assumptions.ts';
import type { Noted } from './assumptions.ts';
import { capabilities } from './capabilities.ts';
import { DATA, EVERY_LOG, VALUES, XML } from './names.ts';
import { quoted } from './text.ts';
import { Refusal, testOf } from './write-test.ts';
import type { Writing } from './write-test.ts';

/**
 * Writes a query as `Get-WinEvent -FilterHashtable @{LogName='..'; Id=1} | Where-Object { .. }`: a command for each kind of
 * event, what Windows can filter by in the hashtable, the rest as tests of the event's XML.
 */
export function print(query: Query, profile: Profile): Printed {
  const losses = lossesOf(capabilities, query);
  if (losses.some(({ effect }) => effect === 'refused')) return { kind: 'refused', losses };
  const where = simplify(query.where);
  const noted: Noted = new Set();
  try {
    const text = commandsOf(where, profile).map((part) => command(part, profile, noted));
    return { kind: 'text', text: text.join('; '), losses, assumptions: sentences(noted) };
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    const { message: why, feature, origin } = fault;
    return { kind: 'refused', losses: [{ feature, effect: 'refused', why, origin }, ...losses] };
  }
}

/** Alternatives each of which names its log are commands of their own. */
function commandsOf(where: Predicate, profile: Profile): readonly Predicate[] {
  const isOwn = (part: Predicate) => split(part, profile).keys.has('LogName');
  const parts = where.kind === 'all' ? where.of : [where];
  const at = parts.findIndex((part) => part.kind === 'any' && part.of.length > 1 && part.of.every(isOwn));
  const choice = parts[at];
  if (choice?.kind !== 'any' || isOwn(where)) return [where];
  return choice.of.map((way) => simplify(all([...parts.slice(0, at), way, ...parts.slice(at + 1)])));
}

interface Split {
  /** Of the hashtable, with the values that it accepts. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly rest: readonly Predicate[];
}

/** Divides the conditions into those that Windows filters by and the others; without a log there is nothing to filter. */
function split(where: Predicate, profile: Profile): Split {
  const keys = new Map<string, readonly string[]>();
  const rest: Predicate[] = [];
  for (const part of where.kind === 'all' ? where.of : [where]) {
    const found = keyOf(part, profile);
    if (found && !keys.has(found.key)) keys.set(found.key, found.values);
    else rest.push(part);
  }
  return keys.has('LogName') ? { keys, rest } : { keys: new Map(), rest: where.kind === 'all' ? where.of : [where] };
}

function keyOf(part: Predicate, { source }: Profile): { key: string; values: string[] } | undefined {
  const values: string[] = [];
  const keys = new Set<string>();
  for (const each of part.kind === 'any' ? part.of : [part]) {
    const text = each.kind === 'like' && !each.cased ? literal(each.pattern) : undefined;
    if (each.kind === 'equal' && each.field === source.eventId && isId(each.value)) {
      keys.add('Id');
      values.push(String(each.value));
    } else if (each.kind === 'like' && text !== undefined && /^[\w ./%()-]+$/.test(text)) {
      if (each.field !== source.channel && each.field !== source.provider) return undefined;
      keys.add(each.field === source.channel ? 'LogName' : 'ProviderName');
      values.push(quoted(text));
    } else return undefined;
  }
  const [key] = keys;
  return keys.size === 1 ? { key: key!, values } : undefined;
}

function isId(value: number | boolean): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 65_536;
}

function command(where: Predicate, profile: Profile, noted: Noted): string {
  const { keys, rest } = split(where, profile);
  const table = [...keys].map(([key, values]) => `${key}=${values.join(', ')}`).join('; ');
  const source = keys.size === 0 ? EVERY_LOG : `Get-WinEvent -FilterHashtable @{${table}}`;
  if (keys.size > 0) noted.add('ownLog');
  if (rest.length === 0) return source;
  const writing: Writing = { profile, noted, needs: new Set(), names: new Map() };
  const condition = write(all(rest), writing);
  const { needs } = writing;
  const before = [
    ...(needs.size > 0 ? [XML] : []),
    ...(needs.has('data') ? [DATA] : []),
    ...(needs.has('values') ? [VALUES] : []),
  ];
  return `${source} | Where-Object { ${[...before, condition].join(' ')} }`;
}

/** `-and` and `-or` bind alike, from left to right, so mixed groups are in parentheses (about_Operator_Precedence). */
function write(node: Predicate, writing: Writing): string {
  switch (node.kind) {
    case 'all':
      return joined(node.of, ' -and ', '$true', writing);
    case 'any':
      return joined(node.of, ' -or ', '$false', writing);
    case 'not':
      return `-not (${write(node.of, writing)})`;
    default:
      return testOf(node, writing);
  }
}

function joined(parts: readonly Predicate[], operator: string, empty: string, writing: Writing): string {
  if (parts.length === 0) return empty;
  const isGroup = ({ kind }: Predicate) => parts.length > 1 && (kind === 'all' || kind === 'any');
  return parts
    .map((part) => (isGroup(part) && 'of' in part ? `(${write(part, writing)})` : write(part, writing)))
    .join(operator);
}
