import { readFileSync, readdirSync } from 'node:fs';
import { corpusPath } from './corpus.ts';

/** One of the five documents: the Sigma rule on it, where it has one, and the queries that it prints. */
export interface SeedPage {
  readonly number: string;
  readonly title: string;
  readonly sigma: string | undefined;
  readonly panels: readonly SeedPanel[];
}

/** A query as a page prints it; several texts stand a line each. */
export interface SeedPanel {
  readonly target: string;
  readonly texts: readonly string[];
}

/** The targets whose queries a heading of a page announces. */
const headings: Readonly<Record<string, string>> = {
  'kibana query': 'kibana-lucene',
  'x-pack watcher': 'xpack-watcher',
};

/** Reads the five documents, in the order of their numbers. */
export function seedPages(): SeedPage[] {
  return readdirSync(corpusPath('seeds'))
    .sort()
    .map((file) => pageOf(file.slice(0, 3), readFileSync(corpusPath('seeds', file), 'utf8')));
}

function pageOf(number: string, text: string): SeedPage {
  if (text.includes('```kusto')) return hunting(number, text);
  if (text.includes('$main = from source')) return analytic(number, text);
  const blocks = [...text.matchAll(/^### (.+)\n\s*```\n([^]*?)\n?```/gm)].map(
    ([, heading = '', body = '']) => [heading.trim().toLowerCase(), body] as const,
  );
  // Two of the pages print the bytes of a Python literal: `\n` for a line break, every backslash doubled.
  const escaped = blocks.some(([, body]) => body.includes('<<EOF\\n'));
  const decoded = (body: string) =>
    escaped ? body.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter)) : body;
  return {
    number,
    title: /Title\**\s*\|\s*(.+?)\s*\|/.exec(text)?.[1] ?? number,
    sigma: blocks.find(([heading]) => heading === 'sigma rule')?.[1],
    panels: blocks
      .filter(([heading]) => heading !== 'sigma rule')
      .map(([heading, body]) => {
        const target = headings[heading] ?? heading;
        return { target, texts: textsOf(target, decoded(body)) };
      }),
  };
}

/** A watch is a command of many lines; every other query of these pages is one line. */
function textsOf(target: string, body: string): string[] {
  const texts = target === 'xpack-watcher' ? body.split(/^(?=curl )/m) : body.split('\n');
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

function hunting(number: string, text: string): SeedPage {
  const query = /```kusto\n([^]*?)```/.exec(text)![1]!.trim();
  return {
    number,
    title: text.split('\n')[0]!.replace(/^#+ /, ''),
    sigma: undefined,
    panels: [{ target: 'kusto', texts: [query] }],
  };
}

function analytic(number: string, text: string): SeedPage {
  const query = /^ *(\$main = from source[^]*?--finding_report--)/m.exec(text)![1]!.trim();
  return {
    number,
    title: 'Windows rundll32 comsvcs memory dump',
    sigma: undefined,
    panels: [{ target: 'spl2', texts: [query] }],
  };
}
