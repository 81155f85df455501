import { tacticRows, techniqueRows } from './attack/techniques.generated.ts';

export { attackVersion } from './attack/techniques.generated.ts';

/** A tactic of Enterprise ATT&CK. `tag` is how a rule names it: `credential-access`. */
export interface Tactic {
  readonly id: string;
  readonly name: string;
  readonly tag: string;
}

/** A technique or sub-technique of Enterprise ATT&CK. */
export interface Technique {
  readonly id: string;
  readonly name: string;
  /** The id of the technique that a sub-technique belongs to. */
  readonly parent: string | null;
  /** Tags of its tactics. */
  readonly tactics: readonly string[];
  readonly fate: Fate;
}

/**
 * What became of a technique. `replaced`: current in the version of the table, and revoked in the one after it; `new`:
 * only in that one, of which only a part is known.
 */
export type Fate =
  | { readonly kind: 'current' }
  | { readonly kind: 'new' }
  | { readonly kind: 'revoked'; readonly by: string }
  | { readonly kind: 'deprecated' }
  | { readonly kind: 'replaced'; readonly by: string };

/** The tactics in ATT&CK's order; one that the next version renames is there under both names. */
export const tactics: readonly Tactic[] = tacticRows.map((row) => {
  const [id = '', name = '', tag = ''] = row.split('|');
  return { id, name, tag };
});

const techniquesById: ReadonlyMap<string, Technique> = new Map(
  techniqueRows.map((row) => {
    const [id = '', name = '', of = '', fate = ''] = row.split('|');
    const dot = id.indexOf('.');
    const parent = dot === -1 ? null : id.slice(0, dot);
    return [id, { id, name, parent, tactics: of.split(' ').filter(Boolean), fate: fateOf(fate) }];
  }),
);

function fateOf(text: string): Fate {
  const [word, by = ''] = text.split(' ');
  switch (word) {
    case 'revoked':
      return { kind: 'revoked', by };
    case 'next':
      return { kind: 'replaced', by };
    case 'deprecated':
    case 'new':
      return { kind: word };
    default:
      return { kind: 'current' };
  }
}

/** All techniques and sub-techniques, revoked ones included, by id in order. */
export const techniques: readonly Technique[] = [...techniquesById.values()];

/** The technique of an id such as `T1003.001`, in any case, or undefined where there is none. */
export function techniqueOf(id: string): Technique | undefined {
  return techniquesById.get(id.toUpperCase());
}

/** The technique that a revoked one has become, however often it was revoked since; itself, if it is current. */
export function successorOf(technique: Technique): Technique | undefined {
  const seen = new Set<string>();
  let now: Technique | undefined = technique;
  while (now?.fate.kind === 'revoked' && !seen.has(now.id)) {
    seen.add(now.id);
    now = techniquesById.get(now.fate.by);
  }
  return now;
}

/** The tactic of a tag such as `credential-access`, of an older `credential_access`, or of an id; else undefined. */
export function tacticOf(word: string): Tactic | undefined {
  const tag = word.toLowerCase().replaceAll('_', '-');
  return tactics.find((tactic) => tactic.tag === tag || tactic.id.toLowerCase() === tag);
}
