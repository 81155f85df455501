import { fold } from '../ir/fold.ts';
import type { Bank, Ref } from './bank.ts';
import type { Glob } from './glob.ts';
import { includedIn } from './glob.ts';

/** Two patterns of one field of which the first takes nothing that the second does not take. */
export type Inclusion = readonly [inner: Ref, outer: Ref];

/** Letters of a pattern that are looked up at once. */
const KEY = 3;

/**
 * Lists the inclusions among the patterns of each field, so that a thousand of them need not be found one conflict at
 * a time. A pattern can only lie within another whose longest literal it holds, and by the beginnings of those
 * literals the candidates are looked up.
 */
export function* inclusions(bank: Bank): Generator<Inclusion> {
  for (const globs of byField(bank).values()) {
    const holders = new Map<string, [Ref, Glob][]>();
    for (const [ref, glob] of globs) {
      if (glob.fixed) continue;
      const key = keyOf(longest(glob));
      const known = holders.get(key);
      if (known) known.push([ref, glob]);
      else holders.set(key, [[ref, glob]]);
    }
    for (const [ref, glob] of globs)
      for (const key of keysIn(glob))
        for (const [outer, other] of holders.get(key) ?? [])
          if (outer !== ref && includedIn(glob, other)) yield [ref, outer];
  }
}

function byField({ nodes }: Bank): Map<string, [Ref, Glob][]> {
  const fields = new Map<string, [Ref, Glob][]>();
  for (const [ref, node] of nodes.entries()) {
    if (node.kind !== 'value' || !node.language.glob) continue;
    const known = fields.get(node.field);
    if (known) known.push([ref, node.language.glob]);
    else fields.set(node.field, [[ref, node.language.glob]]);
  }
  return fields;
}

/** The literals of a pattern, folded. */
function literalsOf({ display }: Glob): string[] {
  return display.flatMap((piece) => (typeof piece === 'string' ? [fold(piece)] : []));
}

function longest(glob: Glob): string {
  return literalsOf(glob).reduce((best, text) => (text.length > best.length ? text : best), '');
}

function keyOf(text: string): string {
  return text.slice(0, KEY);
}

function keysIn(glob: Glob): Set<string> {
  const keys = new Set<string>(['']);
  for (const text of literalsOf(glob))
    for (let at = 0; at < text.length; at += 1)
      for (let length = 1; length <= KEY; length += 1) keys.add(text.slice(at, at + length));
  return keys;
}
