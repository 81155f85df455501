import { evaluate } from '../ir/evaluate.ts';
import { foldClass } from '../ir/fold.ts';
import type { Pattern } from '../ir/pattern.ts';
import { anything, many, one } from '../ir/pattern.ts';
import type { SameAs } from '../ir/predicate.ts';
import { isRendering } from './bank.ts';
import type { Domain } from './domain.ts';
import { AD_HOC } from './field.ts';
import type { Core, Named, Values } from './field.ts';
import type { Word } from './language.ts';
import { likeLanguage } from './language.ts';

/** A test between two fields, and whether it is to hold. */
export interface Tie {
  readonly ref: number;
  readonly field: string;
  readonly other: string;
  readonly atom: SameAs;
  readonly wanted: boolean;
}

/** The values of each field as far as they are chosen; null: the field is there, without a value. */
export type Draft = ReadonlyMap<string, readonly Word[] | null>;

/** What is demanded of each field by itself, and a way to ask for its values. */
export interface Scene {
  readonly domain: Domain;
  readonly inside: (field: string) => readonly Named[];
  readonly outside: (field: string) => readonly Named[];
  readonly solve: (domain: Domain, field: string, inside: readonly Named[], outside: readonly Named[]) => Values | Core;
}

/**
 * Proves, in the plain cases, that a tie can't come out as wanted: two fields that are to be the same have demands
 * that no one value meets, or two that are not to be the same have but one value each.
 */
export function tieClash(scene: Scene, tie: Tie): Core | null {
  const { field, other, atom, ref, wanted } = tie;
  if (!wanted) {
    for (const left of scene.inside(field))
      for (const right of scene.inside(other)) {
        const [a, b] = [onlyText(left, atom.cased), onlyText(right, atom.cased)];
        if (a !== null && b !== null && relates(atom, a, b))
          return { kind: 'core', refs: [left.ref, right.ref, -ref], reason: null };
      }
    return null;
  }
  if (atom.relation !== 'whole') return null;
  const alike = ({ language: { glob } }: Named) => atom.cased || (glob !== null && !glob.cased);
  const outside = [...scene.outside(field), ...scene.outside(other)].filter(alike);
  const inside = scene.domain.arrays ? [] : [...scene.inside(field), ...scene.inside(other)].filter(alike);
  const found = scene.solve(scene.domain, field, inside.length > 0 ? inside : [adHoc(anything)], outside);
  if (found.kind === 'values' || found.reason !== null) return null;
  return { ...found, refs: [...found.refs.filter((each) => each !== AD_HOC), ref] };
}

/** The one text that a demand allows, where `cased` says that its spelling matters. */
function onlyText({ language: { glob } }: Named, cased: boolean): string | null {
  if (!glob?.fixed || (cased && !glob.cased && glob.elements.some((code) => foldClass(code).length > 1))) return null;
  return glob.elements.map((code) => String.fromCodePoint(code)).join('');
}

function relates(atom: SameAs, left: string, right: string): boolean {
  const fields = { field: 'left', other: 'right' };
  return evaluate({ ...atom, ...fields }, { get: (name) => (name === 'left' ? left : right), values: () => [] });
}

/** A demand that is no test of the predicates. */
function adHoc(pattern: Pattern): Named {
  return { ref: AD_HOC, language: likeLanguage(pattern, false) };
}

/** Changes a draft step by step so that more of the ties come out as wanted. The last draft is the best, not always good. */
export function* tied(scene: Scene, ties: readonly Tie[], draft: Draft): Generator<Draft> {
  yield draft;
  const movable = ties.filter(({ field, other }) => !isRendering(field) && !isRendering(other));
  for (let round = 0; round < 2; round += 1) {
    for (const tie of movable) {
      if (isAsWanted(tie, draft)) continue;
      for (const option of tie.wanted ? joined(scene, tie, draft) : parted(scene, tie, draft)) {
        if (!isAsWanted(tie, option)) continue;
        draft = option;
        break;
      }
    }
    yield draft;
  }
}

function isAsWanted({ atom, field, other, wanted }: Tie, draft: Draft): boolean {
  const texts = (name: string) => draft.get(name)?.map(({ text }) => text) ?? [];
  const holds = texts(field).some((a) => texts(other).some((b) => relates(atom, a, b)));
  return holds === wanted;
}

function* joined(scene: Scene, { field, other, atom }: Tie, draft: Draft): Generator<Draft> {
  const [a, b] = [scene.inside(field), scene.inside(other)];
  const outside = [...scene.outside(field), ...scene.outside(other)];
  const single = { ...scene.domain, arrays: false };
  const both = scene.solve(single, field, orAny([...a, ...b]), outside);
  if (both.kind === 'values') yield withValues(draft, [field, both.words], [other, both.words]);
  for (const text of texts(draft, other, ['', 'x'])) {
    const around = scene.solve(scene.domain, field, [...a, adHoc(surround(text, atom))], scene.outside(field));
    const held = scene.solve(scene.domain, other, [...b, adHoc([text])], scene.outside(other));
    if (around.kind === 'values' && held.kind === 'values')
      yield withValues(draft, [field, around.words], [other, held.words]);
  }
  const { arrays, single: singles } = scene.domain;
  if (!arrays || singles.has(field) || singles.has(other)) return;
  const shared = scene.solve(single, field, [adHoc(anything)], outside);
  if (shared.kind === 'core') return;
  const more = (name: string) => [...(draft.get(name) ?? []), ...shared.words];
  yield withValues(draft, [field, more(field)], [other, more(other)]);
}

function* parted(scene: Scene, { field, other, atom }: Tie, draft: Draft): Generator<Draft> {
  const [left, right] = [texts(draft, field, []), texts(draft, other, [])];
  const away = right.map((text) => adHoc(surround(text, atom)));
  const moved = scene.solve(scene.domain, field, orAny(scene.inside(field)), [...scene.outside(field), ...away]);
  if (moved.kind === 'values') yield withValues(draft, [field, moved.words]);
  const length = Math.max(0, ...left.map((text) => text.length)) + 1;
  const longer = adHoc([...Array.from({ length }, () => one), many]);
  const away2 = left.map((text) => adHoc([text]));
  for (const extra of [[], [longer]]) {
    const found = scene.solve(scene.domain, other, orAny([...scene.inside(other), ...extra]), [
      ...scene.outside(other),
      ...away2,
    ]);
    if (found.kind === 'values') yield withValues(draft, [other, found.words]);
  }
}

function orAny(inside: readonly Named[]): readonly Named[] {
  return inside.length > 0 ? inside : [adHoc(anything)];
}

function texts(draft: Draft, field: string, more: readonly string[]): string[] {
  return [...(draft.get(field)?.map(({ text }) => text) ?? []), ...more];
}

function surround(text: string, { relation }: SameAs): Pattern {
  const [before, after] = [
    relation === 'contains' || relation === 'endswith',
    relation === 'contains' || relation === 'startswith',
  ];
  return [...(before ? [many] : []), text, ...(after ? [many] : [])];
}

function withValues(draft: Draft, ...changes: readonly (readonly [string, readonly Word[]])[]): Draft {
  return new Map([...draft, ...changes]);
}
