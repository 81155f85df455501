import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as assay from './index.ts';

const text = readFileSync(new URL('index.ts', import.meta.url), 'utf8');
const blocks = [...text.matchAll(/ \* ```ts\n([\s\S]*?) \* ```/g)].map(([, block]) => block!.replace(/^ \* ?/gm, ''));

/** `Function` for code with `await` in it, which has no name of its own. */
const AsyncFunction = (async () => undefined).constructor as new (
  ...words: string[]
) => (...given: unknown[]) => Promise<void>;

/** Turns `expression   // => value` into a comparison; other lines run as they are. */
function script(block: string): string {
  return block.replace(
    /^(?!\s*const )(.*?)\s*\/\/ => (.*)$/gm,
    (_, expression, value) => `expect(${expression}).toEqual(${value});`,
  );
}

it('the examples in the documentation of the library are true', async () => {
  expect(blocks.length).toBeGreaterThanOrEqual(8);
  const run = new AsyncFunction('assay', 'expect', blocks.map(script).join('\n'));
  await run(assay, expect);
});

it('an unknown target is named together with those that exist', () => {
  const { detections } = assay.readRules([
    { name: 'a.yml', text: 'title: A\nlogsource: {product: windows}\ndetection: {s: {A: 1}, condition: s}\n' },
  ]);
  expect(() => assay.convert(detections[0]!, 'splank')).toThrow(/no target 'splank'; there are splunk/);
});
