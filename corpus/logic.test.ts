import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { many, one } from '../src/ir/pattern.ts';
import type { Pattern } from '../src/ir/pattern.ts';
import { not } from '../src/ir/predicate.ts';
import type { Atom, Predicate } from '../src/ir/predicate.ts';
import { readSigma } from '../src/formats/sigma/read.ts';
import { isAlways, relate, satisfy } from '../src/logic/relate.ts';
import { corpusFiles, describeCorpus, table } from './corpus.ts';

interface Rule {
  readonly name: string;
  readonly where: Predicate;
  /** Whether a placeholder of it has no value. */
  readonly open: boolean;
}

/** A mutation of one test; null where it does not apply. */
type Mutation = (atom: Atom) => Predicate | null;

const onPattern =
  (change: (pattern: Pattern) => Pattern | null): Mutation =>
  (atom) => {
    if (atom.kind !== 'like') return null;
    const pattern = change(atom.pattern);
    return pattern && { ...atom, pattern };
  };

const isMany = (piece: Pattern[number] | undefined) => typeof piece === 'object' && piece.wild === 'many';

const mutations: Readonly<Record<string, Mutation>> = {
  drop: () => ({ kind: 'all', of: [] }),
  widen: onPattern((pattern) => (isMany(pattern.at(-1)) && isMany(pattern[0]) ? null : [many, ...pattern, many])),
  narrow: onPattern((pattern) => {
    if (!isMany(pattern[0]) && !isMany(pattern.at(-1))) return null;
    return isMany(pattern[0]) ? pattern.slice(1) : pattern.slice(0, -1);
  }),
  'one character': onPattern((pattern) => {
    const at = pattern.findIndex((piece) => typeof piece === 'string');
    const text = pattern[at];
    return typeof text === 'string' ? pattern.toSpliced(at, 1, one, text.slice(1)) : null;
  }),
  'other field': (atom) => ('field' in atom ? { ...atom, field: 'OtherField' } : null),
  negate: (atom) => not(atom),
  cased: (atom) => (atom.kind === 'like' && !atom.cased ? { ...atom, cased: true } : null),
};

/** Changes the `turn`th of the tests to which the mutation applies. */
function mutant(where: Predicate, mutation: Mutation, turn: number): Predicate | null {
  const places: Atom[] = [];
  const visit = (node: Predicate): void => {
    if (node.kind === 'all' || node.kind === 'any') node.of.forEach(visit);
    else if (node.kind === 'not') visit(node.of);
    else if (mutation(node)) places.push(node);
  };
  visit(where);
  if (places.length === 0) return null;
  const chosen = places[turn % places.length];
  const change = (node: Predicate): Predicate | null => {
    if (node === chosen) return mutation === mutations['drop'] ? null : mutation(chosen);
    if (node.kind === 'all' || node.kind === 'any')
      return { ...node, of: node.of.map(change).filter((part) => part !== null) };
    if (node.kind !== 'not') return node;
    const of = change(node.of);
    return of && { ...node, of };
  };
  return change(where);
}

/** The figures of a column of times, in milliseconds. */
function spread(times: readonly number[]): string[] {
  const sorted = times.toSorted((a, b) => a - b);
  return [0.5, 0.95, 0.99, 1].map((share) => sorted[Math.ceil(share * sorted.length) - 1]!.toFixed(2));
}

describeCorpus('logic, on the rules of SigmaHQ', () => {
  let rules: Rule[] = [];

  beforeAll(() => {
    const folders = [
      'rules',
      'rules-emerging-threats',
      'rules-threat-hunting',
      'rules-placeholder',
      'rules-compliance',
    ];
    const files = folders.flatMap((folder) => corpusFiles(`corpus/sigma/${folder}`, '.yml'));
    const sources = files.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
    rules = readSigma(sources).detections.flatMap(({ file, queries, placeholders }) =>
      queries.map(({ where }) => ({ name: file.split('/').at(-1)!, where, open: placeholders.length > 0 })),
    );
  });

  it('knows of each rule whether it can match, and whether it can not match', () => {
    const times: number[] = [];
    const odd: string[] = [];
    for (const { name, where, open } of rules) {
      const start = performance.now();
      const found = satisfy(where);
      times.push(performance.now() - start);
      expect(found.kind, name).not.toBe('unknown');
      if (found.kind === 'none') odd.push(`${name}: never matches`);
      else if (!open && satisfy(where, { exclude: ['multi-valued'] }).kind === 'none')
        odd.push(`${name}: never matches, unless a field has several values`);
      if (isAlways(where)) odd.push(`${name}: always matches`);
    }
    table(`Rules: ${rules.length}`, [['median ms', 'p95', 'p99', 'max'], spread(times)]);
    console.log(odd.map((line) => `  ${line}`).join('\n'));
    expect(odd.filter((line) => line.includes('never matches'))).toEqual([
      'proc_creation_win_xwizard_runwizard_com_object_exec.yml: never matches, unless a field has several values',
    ]);
  });

  it('catches a change of one test, or proves that it changes nothing', () => {
    const rows: (string | number)[][] = [
      ['mutation', 'pairs', 'caught', 'equal', 'unknown', 'median', 'p95', 'p99', 'max'],
    ];
    const reasons = new Map<string, number>();
    let [pairs, caught] = [0, 0];
    for (const [kind, mutation] of Object.entries(mutations)) {
      const counts = { caught: 0, equal: 0, unknown: 0 };
      const times: number[] = [];
      for (const [index, { where }] of rules.entries()) {
        const other = mutant(where, mutation, index);
        if (!other) continue;
        const start = performance.now();
        const answer = relate(where, other);
        times.push(performance.now() - start);
        if (answer.onlyA !== null || answer.onlyB !== null) counts.caught += 1;
        else if (answer.relation === 'equivalent') counts.equal += 1;
        else {
          counts.unknown += 1;
          reasons.set(answer.reason!, (reasons.get(answer.reason!) ?? 0) + 1);
        }
      }
      rows.push([kind, times.length, counts.caught, counts.equal, counts.unknown, ...spread(times)]);
      pairs += times.length;
      caught += counts.caught;
    }
    table('One test changed (times in ms)', rows);
    console.log([...reasons].map(([reason, count]) => `  ${count} unknown: ${reason}`).join('\n'));
    expect(caught / pairs).toBeGreaterThan(0.98);
  });

  it('decides unrelated rules', () => {
    const times: number[] = [];
    let unknown = 0;
    for (let index = 0; index < 3000; index += 1) {
      const [a, b] = [rules[(index * 7919) % rules.length]!, rules[(index * 104_729 + 1) % rules.length]!];
      const start = performance.now();
      const { relation } = relate(a.where, b.where);
      times.push(performance.now() - start);
      if (relation === 'unknown') unknown += 1;
    }
    table('Rule against rule', [
      ['pairs', 'unknown', 'median ms', 'p95', 'p99', 'max'],
      [3000, unknown, ...spread(times)],
    ]);
    expect(unknown).toBeLessThan(10);
  });
});
