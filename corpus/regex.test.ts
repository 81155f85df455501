import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { flavours, javascript, pcre } from '../src/ir/regex/flavours.ts';
import { compileRegex } from '../src/ir/regex/match.ts';
import type { Matcher } from '../src/ir/regex/match.ts';
import { parseRegex } from '../src/ir/regex/parse.ts';
import { printRegex } from '../src/ir/regex/print.ts';
import { foundAnywhere } from '../src/ir/regex/testing/javascript.ts';
import type { Regex } from '../src/ir/regex/tree.ts';
import { sampleOf } from '../src/logic/sample.ts';
import { corpusFiles, describeCorpus, table } from './corpus.ts';

/** Every `|re` value of the public rules, each once. */
function expressions(): { source: string; ignoreCase: boolean }[] {
  const found = new Map<string, { source: string; ignoreCase: boolean }>();
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const part of value) walk(part, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, part] of Object.entries(value)) walk(part, name);
    else if (typeof value === 'string' && /\|re\b/.test(key)) {
      const ignoreCase = /\|i\b/.test(key);
      found.set(`${ignoreCase}${value}`, { source: value, ignoreCase });
    }
  };
  for (const file of corpusFiles('corpus/sigma', '.yml'))
    for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) walk(document.toJS(), '');
  return [...found.values()];
}

/** Texts near the expression: some that it probably matches, cut, doubled, in other case and with line breaks. */
function textsNear(regex: Regex): string[] {
  const letters = [...new Set([...regex.source.replaceAll('\\', ''), ' ', '\n', '\\', 'K', '\u212a'])];
  const random = fc.sample(fc.array(fc.constantFrom(...letters), { maxLength: 30 }), { numRuns: 40, seed: 7 });
  const likely = sampleOf(regex.tree);
  const bent = likely.flatMap((text) => [
    text.toUpperCase(),
    `${text}\n`,
    `x\n${text}`,
    text.slice(1),
    text.slice(0, -1),
    `${text} ${text}`,
  ]);
  return [...likely, ...bent, ...random.map((drawn) => drawn.join(''))];
}

describeCorpus('regular expressions of public rules', () => {
  it('are read, matched and printed with one meaning', () => {
    const sources = expressions();
    const refused = new Map<string, number>(flavours.map(({ name }) => [name, 0]));
    let compared = 0;
    let hits = 0;
    for (const { source, ignoreCase } of sources) {
      const read = parseRegex(source, { ignoreCase, multiline: false, dotAll: false });
      if ('fault' in read) throw new Error(`${source}: ${read.fault.message}`);
      const finds = compileRegex(read.regex) as Matcher;
      expect(typeof finds, source).toBe('function');
      const unsaid: Regex = { ...read.regex, source: '(' };
      for (const flavour of flavours)
        if ('refused' in printRegex(unsaid, flavour)) refused.set(flavour.name, refused.get(flavour.name)! + 1);
      const written = printRegex(unsaid, pcre);
      const again =
        'text' in written ? parseRegex(written.text, { ignoreCase: false, multiline: false, dotAll: false }) : read;
      if ('fault' in again) throw new Error(`${source}: printed so that it can't be read`);
      const same = compileRegex(again.regex) as Matcher;
      const script = printRegex(unsaid, javascript);
      const own = 'text' in script ? new RegExp(script.text, 'uy') : undefined;
      for (const text of textsNear(read.regex)) {
        compared += 1;
        hits += Number(finds(text));
        expect(same(text), `${source} on ${JSON.stringify(text)}`).toBe(finds(text));
        if (own) expect(foundAnywhere(own, text), `${source} on ${JSON.stringify(text)}`).toBe(finds(text));
      }
    }
    table('regular expressions', [
      ['expressions', sources.length],
      ['texts compared', compared],
      ['of them found', hits],
      ...[...refused].map(([name, count]) => [`refused by ${name}`, count]),
    ]);
  });
});
