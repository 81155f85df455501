import { fold } from '../ir/fold.ts';
import type { Bank, Ref } from './bank.ts';
import { renderingOf } from './bank.ts';
import type { Glob } from './glob.ts';
import { includedIn } from './glob.ts';
import { formsOf } from './rendering.ts';

/** Two tests of which the second holds wherever the first does. */
export type Inclusion = readonly [inner: Ref, outer: Ref];

/** Letters of a pattern that are looked up at once. */
const KEY = 3;

/** Patterns of one field, or of a rendering, by the beginning of their longest literal. */
type Holders = Map<string, (readonly [Ref, Glob])[]>;

/**
 * Lists the inclusions among the patterns of each field, and of values within renderings, so that a thousand of them
 * need not be found one conflict at a time. A pattern can only lie within another whose longest literal it holds, and by
 * the beginnings of those literals the candidates are looked up.
 */
export function* inclusions(bank: Bank): Generator<Inclusion> {
  const fields = new Map<string, Holders>();
  for (const [ref, node] of bank.nodes.entries())
    if (node.kind === 'value' && node.language.glob && !node.language.glob.fixed)
      enter(fields, node.field, ref, node.language.glob);
  const texts = [...fields].flatMap(([name, holders]) => {
    const as = renderingOf(name);
    return as === null ? [] : [{ as, holders }];
  });
  for (const [ref, node] of bank.nodes.entries()) {
    if (node.kind !== 'value' && (node.kind !== 'keyword' || texts.length === 0)) continue;
    const { glob } = node.language;
    if (!glob) continue;
    if (node.kind === 'value') yield* within(ref, [glob], fields.get(node.field));
    if (node.kind === 'value' && renderingOf(node.field) !== null) continue;
    for (const { as, holders } of texts)
      yield* within(ref, formsOf(glob, node.kind === 'value' ? node.field : null, as), holders);
  }
}

/** The inclusions of a test whose texts have one of some forms. */
function* within(ref: Ref, forms: readonly Glob[], holders: Holders = new Map()): Generator<Inclusion> {
  for (const found of heldBy(forms[0]!, holders))
    for (const [outer, other] of found)
      if (outer !== ref && forms.every((form) => includedIn(form, other))) yield [ref, outer];
}

function enter(fields: Map<string, Holders>, field: string, ref: Ref, glob: Glob): void {
  let holders = fields.get(field);
  if (!holders) fields.set(field, (holders = new Map()));
  const key = longest(glob).slice(0, KEY);
  const known = holders.get(key);
  if (known) known.push([ref, glob]);
  else holders.set(key, [[ref, glob]]);
}

/** The literals of a pattern, folded. */
function literalsOf({ display }: Glob): string[] {
  return display.flatMap((piece) => (typeof piece === 'string' ? [fold(piece)] : []));
}

function longest(glob: Glob): string {
  return literalsOf(glob).reduce((best, text) => (text.length > best.length ? text : best), '');
}

/** What is listed under a key that stands in a literal of the pattern. */
function heldBy(glob: Glob, holders: Holders): Set<readonly (readonly [Ref, Glob])[]> {
  const found = new Set<readonly (readonly [Ref, Glob])[]>();
  const note = (key: string) => {
    const known = holders.get(key);
    if (known) found.add(known);
  };
  note('');
  if (holders.size > 0)
    for (const text of literalsOf(glob))
      for (let at = 0; at < text.length; at += 1)
        for (let length = 1; length <= KEY; length += 1) note(text.slice(at, at + length));
  return found;
}
