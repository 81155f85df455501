import { SyntaxFault } from '../../text/diagnostic.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import type { Pipeline } from '../../schema/pipeline.ts';
import { readYaml } from '../sigma/yaml/tree.ts';
import type { MapNode, Node } from '../sigma/yaml/tree.ts';
import { fail, hintFor, keysOf, listAt, mapAt, textAt, textsAt, warn } from './report.ts';
import type { Report } from './report.ts';
import { readSteps } from './steps.ts';

/** A pipeline, and what of it is not carried out; or none, and then the first error says why. */
export interface ReadPipeline {
  readonly pipeline: Pipeline | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Tells a pySigma pipeline from a mapping file of ours by keys that only the one has, broken YAML included. */
export function looksLikePipeline(source: Source): boolean {
  if (source.text.length > LONGEST) return false;
  const [document] = readYaml(source);
  if (document && 'root' in document && document.root.kind === 'map')
    return document.root.entries.some(({ key }) => keys.includes(key.text) && key.text !== 'name');
  return /^(?:transformations|postprocessing|finalizers|priority)[ \t]*:/m.test(source.text);
}

/** Characters that a file may have. */
const LONGEST = 4_000_000;

const keys = ['name', 'priority', 'transformations', 'postprocessing', 'finalizers', 'vars', 'allowed_backends'];

/**
 * Reads a processing pipeline as pySigma's YAML files hold it; this folder's README says what is carried out. Never
 * throws. What is not carried out is a warning at its place; what is wrong is an error, and then there is no pipeline.
 */
export function readPipeline(source: Source): ReadPipeline {
  const into: Diagnostic[] = [];
  const report: Report = { source, into };
  const faulty = (diagnostic: Diagnostic): ReadPipeline => ({ pipeline: null, diagnostics: [...into, diagnostic] });
  const about = (code: string, message: string): Diagnostic => ({
    code: `pipeline/${code}`,
    severity: 'error',
    message,
    source,
    span: { start: 0, end: 1 },
  });
  if (source.text.length > LONGEST) return faulty(about('too-large', `a pipeline has at most ${LONGEST} characters`));
  const [document, ...others] = readYaml(source);
  if (document === undefined) return faulty(about('empty', 'the file is empty'));
  if ('fault' in document) return faulty(document.fault);
  if (others.length > 0) return faulty(about('documents', 'the file holds several documents; a pipeline is one'));
  try {
    return { pipeline: pipelineOf(mapAt(document.root, 'a pipeline', report), report), diagnostics: into };
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    return faulty(fault.diagnostic);
  }
}

function pipelineOf(root: MapNode, report: Report): Pipeline {
  const given = keysOf(root);
  for (const { key } of root.entries)
    if (!keys.includes(key.text))
      fail(report, key, 'unknown-key', `a pipeline has no '${key.text}'`, hintFor(key.text, keys));
  const [name, steps, priority] = [given.get('name'), given.get('transformations'), given.get('priority')];
  const order = priority ? Number(textAt(priority.value, 'priority', report)) : 0;
  if (!Number.isFinite(order)) fail(report, priority!.value, 'shape', "'priority' is a number");
  return {
    name: name ? textAt(name.value, 'name', report) : report.source.name,
    priority: order,
    steps: steps ? readSteps(steps.value, '', 0, report) : [],
    vars: variables(given.get('vars')?.value, report),
    notes: ['postprocessing', 'finalizers'].flatMap((key) => afterwards(key, given.get(key)?.value, report)),
  };
}

function variables(node: Node | undefined, report: Report): Pipeline['vars'] {
  if (node === undefined) return {};
  return Object.fromEntries(
    mapAt(node, "'vars'", report).entries.map(({ key, value }) => [key.text, textsAt(value, 'a value', report)]),
  );
}

/** Steps that change the text of a query are not carried out, and what they would have done to it is not known. */
function afterwards(key: string, node: Node | undefined, report: Report): string[] {
  if (node === undefined || (node.kind === 'scalar' && node.text === '')) return [];
  const types = listAt(node, `'${key}'`, report).map((item) => {
    const type = item.kind === 'map' ? keysOf(item).get('type') : undefined;
    const word = type ? textAt(type.value, 'a type', report) : 'a step';
    warn(
      report,
      type?.value ?? item,
      'not-applied',
      `'${key}' changes printed queries, which is not done here: ${word} is left out`,
    );
    return word;
  });
  return types.length === 0
    ? []
    : [`The pipeline's '${key}' (${types.join(', ')}) is left out: the query is as it was before.`];
}
