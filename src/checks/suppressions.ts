import type { Unit } from '../formats/sigma/read.ts';
import type { Node } from '../formats/sigma/yaml/tree.ts';
import { yamlChunks } from '../formats/sigma/yaml/text.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Source, Span } from '../text/source.ts';

/** A finding that its rule's author has looked at, and why it stays. */
export interface Silenced<T extends Diagnostic> {
  readonly finding: T;
  readonly reason: string;
}

/** Findings as the comments of the rules leave them. */
export interface Judged<T extends Diagnostic> {
  /** What is left, and what is to be said about the comments themselves. */
  readonly findings: readonly (T | Diagnostic)[];
  readonly silenced: readonly Silenced<T>[];
}

/** A comment `# assay-ignore CODE: reason` for one code, and the document that it stands in. */
interface Suppression {
  readonly source: Source;
  readonly code: string;
  readonly reason: string;
  readonly span: Span;
  readonly document: Span;
}

/**
 * Takes out the findings that a comment in their document silences. Several codes are separated by commas.
 *
 *     # assay-ignore check/title-case: the vendor writes its name so
 *
 * A comment without a reason silences nothing and is a finding. Errors of reading stay, since what was not read was not
 * checked. A comment that silences nothing is a note, unless its finding is one that was not asked for (`rules/...`).
 */
export function applySuppressions<T extends Diagnostic>(
  findings: readonly T[],
  sources: readonly Source[],
  units: readonly Unit[],
): Judged<T> {
  const about: Diagnostic[] = [];
  const byFile = new Map<string, Map<string, Suppression[]>>();
  const texts = textsOf(units);
  for (const source of sources) {
    if (!source.text.includes(MARK)) continue;
    const read = readSuppressions(source, texts.get(source.name) ?? [], about);
    if (read.length > 0) byFile.set(source.name, byCode(read));
  }
  if (byFile.size === 0) return { findings: [...findings, ...about], silenced: [] };

  const used = new Set<Suppression>();
  const silenced: Silenced<T>[] = [];
  const left = findings.filter((finding) => {
    const by = byFile
      .get(finding.source.name)
      ?.get(finding.code)
      ?.find((each) => covers(each, finding));
    if (by === undefined) return true;
    used.add(by);
    silenced.push({ finding, reason: by.reason });
    return false;
  });
  const idle = [...byFile.values()]
    .flatMap((codes) => [...codes.values()].flat())
    .filter((each) => !used.has(each) && !each.code.startsWith('rules/'));
  return { findings: [...left, ...about, ...idle.map(unused)], silenced };
}

const MARK = 'assay-ignore';

function byCode(suppressions: readonly Suppression[]): Map<string, Suppression[]> {
  const found = new Map<string, Suppression[]>();
  for (const each of suppressions) {
    const same = found.get(each.code);
    if (same) same.push(each);
    else found.set(each.code, [each]);
  }
  return found;
}

function covers({ document }: Suppression, finding: Diagnostic): boolean {
  if (finding.severity === 'error' && /^(?:sigma|file)\//.test(finding.code)) return false;
  const { start } = finding.span;
  return start >= document.start && start <= document.end;
}

function unused({ code, source, span }: Suppression): Diagnostic {
  const message = `this silences nothing: there is no finding '${code}' here`;
  return { code: 'check/ignore-unused', severity: 'info', message, source, span, hint: 'delete the comment' };
}

/** Reads the comments of a source that are no part of a text. Blanks and comments at its end belong to a document too. */
function readSuppressions(source: Source, texts: readonly Span[], about: Diagnostic[]): Suppression[] {
  // Comments come in order, so both lists are walked once beside them.
  const documents = yamlChunks(source.text);
  const inOrder = texts.toSorted((a, b) => a.start - b.start);
  const found: Suppression[] = [];
  let [document, text] = [0, 0];
  for (const { 0: all, 1: lead = '', 2: rest = '', index } of source.text.matchAll(
    /(^|[ \t])#[ \t]*assay-ignore\b([^\r\n]*)/gm,
  )) {
    const span = { start: index + lead.length, end: index + all.trimEnd().length };
    while (text < inOrder.length && inOrder[text]!.end <= span.start) text += 1;
    while (document + 1 < documents.length && documents[document + 1]!.start <= span.start) document += 1;
    if (text < inOrder.length && inOrder[text]!.start <= span.start) continue;
    const { codes, reason } = partsOf(rest);
    if (codes.length === 0 || reason === '') {
      const message = codes.length === 0 ? 'this comment names no finding' : 'this comment gives no reason';
      const hint = `write # ${MARK} ${codes[0] ?? 'check/title-case'}: why it stays`;
      about.push({ code: 'check/ignore-reason', severity: 'warning', message, source, span, hint });
    } else for (const code of codes) found.push({ source, code, reason, span, document: documents[document]! });
  }
  return found;
}

/** Codes hold no colon, so the first one ends their list. */
function partsOf(rest: string): { readonly codes: readonly string[]; readonly reason: string } {
  const colon = rest.indexOf(':');
  const list = colon === -1 ? rest : rest.slice(0, colon);
  const codes = list.split(/[\s,]+/).filter((code) => /^[a-z]+\/[a-z0-9-]+$/.test(code));
  return { codes, reason: colon === -1 ? '' : rest.slice(colon + 1).trim() };
}

/** Where the texts of each file stand: a `#` in one of them starts no comment. */
function textsOf(units: readonly Unit[]): Map<string, Span[]> {
  const texts = new Map<string, Span[]>();
  for (const { source, roots } of units) {
    if (!source.text.includes(MARK)) continue;
    const spans = texts.get(source.name) ?? [];
    texts.set(source.name, spans);
    for (const root of roots) collect(root, spans);
  }
  return texts;
}

function collect(node: Node, spans: Span[]): void {
  if (node.kind === 'scalar') spans.push(node.span);
  else if (node.kind === 'list') for (const item of node.items) collect(item, spans);
  else
    for (const { key, value } of node.entries) {
      spans.push(key.span);
      collect(value, spans);
    }
}
