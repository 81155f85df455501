import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'fflate';
import { readSigma } from '../../formats/sigma/read.ts';
import type { Detection } from '../../ir/detection.ts';
import type { Raw } from '../../ir/event.ts';
import type { Source } from '../../text/source.ts';
import type { Column, Example } from './matrix.ts';

/** What the package brings along for the demo. */
export interface DemoContent {
  readonly pack: readonly Detection[];
  /** The five publications, a column each. */
  readonly publications: readonly Column[];
  readonly examples: readonly Example[];
  readonly events: readonly Raw[];
}

/** The folder of the package's own content: beside `src/` and `dist/` alike, wherever the package is installed. */
export const contentFolder = new URL('../../../content/', import.meta.url);

/** Reads the rule pack, the restated publications, the example command lines and the recorded morning from the package. */
export function readDemoContent(): DemoContent {
  const publications = readJson<readonly Publication[]>('demo/publications.json').map(
    ({ column, file, title, publisher }) => ({
      name: column,
      title,
      publisher,
      detections: readSigma([sourceOf(`seeds/${file}`)]).detections,
    }),
  );
  return {
    pack: readSigma(packSources()).detections,
    publications,
    examples: readJson<readonly Example[]>('demo/command-lines.json'),
    events: readEvents('events/lsass-demo.ndjson.gz'),
  };
}

/** The rules of the pack as text, in order of their names. */
export function packSources(): Source[] {
  return readdirSync(new URL('rules/', contentFolder))
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => sourceOf(`rules/${name}`));
}

interface Publication {
  readonly column: string;
  readonly file: string;
  readonly title: string;
  readonly publisher: string;
}

function sourceOf(path: string): Source {
  return { name: `content/${path}`, text: readFileSync(new URL(path, contentFolder), 'utf8') };
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, contentFolder), 'utf8')) as T;
}

function readEvents(path: string): Raw[] {
  const text = new TextDecoder().decode(gunzipSync(readFileSync(new URL(path, contentFolder))));
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Raw);
}
