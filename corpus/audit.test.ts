import { expect, it } from 'vitest';
import { findTarget } from '../src/formats/targets.ts';
import { readTarget } from '../src/formats/read-target.ts';
import type { Target } from '../src/formats/targets.ts';
import { any } from '../src/ir/predicate.ts';
import { relate } from '../src/logic/relate.ts';
import { applyLogSource } from '../src/passes/apply-log-source.ts';
import type { Profile } from '../src/schema/profile.ts';
import { profiles } from '../src/schema/profiles/index.ts';
import { auditPage } from './audit-page.ts';
import type { Audited, Found } from './audit-page.ts';
import { describeCorpus, document, table } from './corpus.ts';
import { defectsOf } from './defects.ts';
import { panelsOf, series } from './published.ts';
import type { Panel, Series } from './published.ts';

/** Counts what was found, and keeps the first of each kind: the shortest text is the one that is read. */
function tally(into: Map<string, Found>, name: string, found: Omit<Found, 'name' | 'count'>): void {
  const known = into.get(name);
  const isShorter = known === undefined || found.text.length < known.text.length;
  into.set(name, { ...(isShorter ? found : known), name, count: (known?.count ?? 0) + 1 });
}

function audit(of: Series, target: Target, profile: Profile): Audited {
  const { panels, withoutRule } = panelsOf(of);
  const relations = new Map<string, number>();
  const [defects, broken, undecided] = [new Map<string, Found>(), new Map<string, Found>(), new Map<string, Found>()];
  for (const panel of panels) {
    const { kind, name, found } = judged(panel, target, profile);
    relations.set(kind, (relations.get(kind) ?? 0) + 1);
    const into =
      kind === 'broken' ? broken : kind === 'unknown' ? undecided : kind === 'equivalent' ? undefined : defects;
    if (into) tally(into, name, found);
  }
  const sorted = (found: Map<string, Found>) =>
    [...found.values()].toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return {
    series: of,
    target,
    panels: panels.length,
    withoutRule,
    relations,
    defects: sorted(defects),
    broken: sorted(broken),
    undecided: sorted(undecided),
  };
}

interface Judged {
  readonly kind: string;
  readonly name: string;
  readonly found: Omit<Found, 'name' | 'count'>;
}

function judged({ from, texts, rule }: Panel, target: Target, profile: Profile): Judged {
  const text = texts.join('\n');
  const read = texts.map((each) => readTarget({ name: from, text: each }, target, profile));
  const fault = read.flatMap(({ diagnostics }) => diagnostics).find(({ severity }) => severity === 'error');
  if (fault || read.some(({ queries }) => queries.length === 0)) {
    const name = fault ? `${fault.code}: ${fault.message}` : 'no query in it';
    return { kind: 'broken', name, found: { from, text, witness: null, at: fault?.span.start ?? 0 } };
  }
  const queries = rule.flatMap((detection) => detection.queries);
  const meant = any(queries.map((query) => applyLogSource(query, profile).query.where));
  const query = any(read.flatMap((each) => each.queries.map(({ where }) => where)));
  const { relation, reason, onlyA, onlyB } = relate(meant, query);
  const witness: Found['witness'] = onlyA
    ? { side: 'rule', event: onlyA }
    : onlyB
      ? { side: 'query', event: onlyB }
      : null;
  const found = { from, text, at: 0, witness };
  if (relation === 'equivalent') return { kind: relation, name: relation, found };
  if (relation === 'unknown') return { kind: relation, name: reason ?? 'no reason', found };
  const staged = [...read.flatMap((each) => each.queries), ...queries].some(({ then }) => then.length > 0);
  const name = defectsOf(rule, query, profile) ?? `another difference${staged ? ' (stages not judged)' : ''}`;
  return { kind: relation, name, found };
}

function show({ series: { by, key }, panels, relations, defects, broken, undecided }: Audited): void {
  table(`${by}, ${key}: ${panels} panels (rule to query)`, [['relation', 'panels'], ...relations]);
  for (const [title, found] of Object.entries({
    'classes of difference': defects,
    'not readable': broken,
    'not decided': undecided,
  }))
    if (found.length > 0)
      table(`${by}, ${key}: ${title}`, [
        ['class', 'panels', 'one of them'],
        ...found.map(({ name, count, from }) => [name.slice(0, 110), count, from] as const),
      ]);
}

describeCorpus('golden audit', () => {
  const audited: Audited[] = [];
  for (const each of series)
    it(`${each.by}, ${each.key}`, () => {
      const found = audit(each, findTarget(each.target)!, profiles[each.profile]);
      audited.push(found);
      show(found);
      const undecided = found.undecided.reduce((sum, { count }) => sum + count, 0);
      expect(undecided / Math.max(1, found.panels)).toBeLessThanOrEqual(0.01);
    });

  it('is what docs/audit.md tells', () => {
    expect(audited).toHaveLength(series.length);
    const text = auditPage(audited);
    expect(text).toBe(document('docs/audit.md', text));
  });
});
