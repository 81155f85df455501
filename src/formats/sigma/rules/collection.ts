import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { Source } from '../../../text/source.ts';
import { didYouMean } from '../nearest.ts';
import { attempt, reportOn } from '../report.ts';
import type { Report } from '../report.ts';
import { entryAt, sameTree, valueAt } from '../yaml/map.ts';
import { readYaml } from '../yaml/tree.ts';
import type { Entry, MapNode } from '../yaml/tree.ts';

/** What a file holds: a rule with its documents merged, a correlation, or a filter. */
export interface Unit {
  readonly kind: 'rule' | 'correlation' | 'filter';
  /** `file#N`, or the file where it holds one unit. */
  readonly name: string;
  readonly source: Source;
  /** One for each query of the rule; the others have one. */
  readonly roots: readonly MapNode[];
  /** Where each document of the file starts, for `Origin.document`. */
  readonly starts: readonly number[];
}

interface Draft {
  readonly kind: Unit['kind'];
  /** The number of its first document, from 1. */
  readonly number: number;
  readonly roots: MapNode[];
}

/**
 * Reads the units of a file (specification 1.0, "Rule Collections"). A document with `action: global` is merged into
 * those after it, several accumulate; `reset` forgets them; `repeat` is the rule before it, changed.
 *
 * Documents that take their title from the global one are one detection with several queries, as the people who
 * publish such files show them; a document with a title of its own is a rule of its own.
 *
 * Where the global document and another say different things, the global one wins: so do sigmac (which printed all
 * published pages) and pySigma, although the author nearly always expected both to hold. Hence the warning.
 */
export function readUnits(source: Source, diagnostics: Diagnostic[]): Unit[] {
  const report = reportOn(source, diagnostics);
  const documents = readYaml(source);
  const drafts: Draft[] = [];
  let faults = 0;
  let global: { root: MapNode; number: number } | undefined;
  let waiting: Entry | undefined;
  let open: Draft | undefined;
  let previous: { root: MapNode; draft: Draft } | undefined;

  const read = (root: MapNode, number: number): void => {
    const action = actionOf(root, report);
    if (action === 'reset') global = open = undefined;
    else if (action === 'global') {
      const own = without(root, 'action');
      global = { root: global ? over(global.root, own) : own, number };
      open = undefined;
      waiting = entryAt(root, 'action');
    } else if (action === 'repeat') {
      if (previous === undefined)
        return report.refuse('sigma/action', "'repeat' needs a rule before it", entryAt(root, 'action')!.value.span);
      const repeated = over(previous.root, without(root, 'action'));
      const draft = valueAt(root, 'title') ? { kind: 'rule' as const, number, roots: [] } : previous.draft;
      if (draft !== previous.draft) drafts.push(draft);
      draft.roots.push(repeated);
      previous = { root: repeated, draft };
    } else {
      const kind = kindOf(root);
      if (kind !== 'rule') return void drafts.push({ kind, number, roots: [root] });
      const merged = global ? under(root, global.root, report) : root;
      waiting = undefined;
      const joins = global !== undefined && valueAt(global.root, 'title') !== undefined;
      if (!open || !joins) {
        open = { kind, number: joins ? global!.number : number, roots: [] };
        drafts.push(open);
      }
      open.roots.push(merged);
      previous = { root: merged, draft: open };
    }
  };

  for (const [index, document] of documents.entries()) {
    const before = diagnostics.length;
    if ('fault' in document) diagnostics.push(document.fault);
    else if (document.root.kind === 'map') attempt(diagnostics, () => read(document.root as MapNode, index + 1));
    else
      diagnostics.push({
        code: 'sigma/no-rule',
        severity: 'error',
        message: 'a rule is a map of title, logsource, detection and more',
        source,
        span: document.root.span,
      });
    if (diagnostics.slice(before).some(({ severity }) => severity === 'error')) faults += 1;
  }
  const { value: lonely } = waiting ?? {};
  if (lonely)
    attempt(diagnostics, () =>
      report.refuse(
        'sigma/action',
        'no rule follows this global document',
        lonely.span,
        "remove 'action' if it is a rule by itself",
      ),
    );
  const several = drafts.length + faults > 1;
  const starts = documents.map(({ span }) => span.start);
  return drafts.map(({ kind, number, roots }) => ({
    kind,
    roots,
    source,
    starts,
    name: several ? `${source.name}#${number}` : source.name,
  }));
}

function kindOf(root: MapNode): Unit['kind'] {
  if (entryAt(root, 'correlation')) return 'correlation';
  return entryAt(root, 'filter') && !entryAt(root, 'detection') ? 'filter' : 'rule';
}

const actions = ['global', 'reset', 'repeat'];

function actionOf(root: MapNode, report: Report): string | undefined {
  const value = valueAt(root, 'action');
  if (value === undefined) return undefined;
  const text = value.kind === 'scalar' ? value.text.trim().toLowerCase() : '';
  if (actions.includes(text)) return text;
  const hint = text === 'correlation' ? "a correlation has a section 'correlation'" : didYouMean(text, actions);
  return report.refuse('sigma/action', `there is no action '${text}'`, value.span, hint);
}

function without(root: MapNode, name: string): MapNode {
  return { ...root, entries: root.entries.filter(({ key }) => key.text !== name) };
}

/** The map `base` with the entries of `change` put over it, maps within maps merged likewise. */
function over(base: MapNode, change: MapNode): MapNode {
  return merged(base, change, () => undefined);
}

/** A document with the global one put over it; each value that gets lost is warned of. */
function under(document: MapNode, global: MapNode, report: Report): MapNode {
  return merged(document, global, (lost, path) =>
    report.warn(
      'sigma/global-override',
      `the global document's '${path}' replaces this one`,
      lost.value.span,
      'give it another name, or take it out of the global document',
    ),
  );
}

type Lose = (lost: Entry, path: string) => void;

function merged(base: MapNode, change: MapNode, lose: Lose, path = ''): MapNode {
  const changes = new Map(change.entries.map((entry) => [entry.key.text, entry]));
  const entries = base.entries.map((entry): Entry => {
    const other = changes.get(entry.key.text);
    if (!other) return entry;
    changes.delete(entry.key.text);
    const name = `${path}${entry.key.text}`;
    if (entry.value.kind === 'map' && other.value.kind === 'map')
      return { key: entry.key, value: merged(entry.value, other.value, lose, `${name}.`) };
    if (!sameTree(entry.value, other.value)) lose(entry, name);
    return other;
  });
  return { ...base, entries: [...entries, ...changes.values()] };
}
