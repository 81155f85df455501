import { describe, expect, it } from 'vitest';
import { plainValue } from './scalar.ts';
import { readYaml } from './tree.ts';

const source = (text: string) => ({ name: 'rule.yml', text });
const data = (text: string) =>
  readYaml(source(text)).map((document) => ('root' in document ? plainValue(document.root) : document.fault.code));
const faultsOf = (text: string) =>
  readYaml(source(text)).flatMap((document) => ('fault' in document ? [document.fault] : []));

describe('readYaml', () => {
  it('reads each document by itself, and none where there is none', () => {
    expect(data('')).toEqual([]);
    expect(data('# only a comment\n')).toEqual([]);
    expect(data('---\na: 1\n---\n# nothing\n---\nb: 2\n...\n')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(data('%YAML 1.2\n---\na: 1\n')).toEqual([{ a: 1 }]);
    expect(data('\ufeffa: 1')).toEqual([{ a: 1 }]);
    expect(data('a: 1\r\nb:\r\n  - x\r\n')).toEqual([{ a: 1, b: ['x'] }]);
  });

  it('does not let one document swallow the next', () => {
    expect(data("a: 'open\n---\nb: 2\n")).toEqual(['sigma/yaml', { b: 2 }]);
    expect(data('a: |\n  text\n  --- not a document\n---\nb: 2\n')).toEqual([
      { a: 'text\n--- not a document\n' },
      { b: 2 },
    ]);
  });

  it('writes aliases and merge keys out', () => {
    expect(data('a: &x [1, 2]\nb: *x\n')).toEqual([{ a: [1, 2], b: [1, 2] }]);
    expect(data('a: &x { p: 1, q: 2 }\nb:\n  <<: *x\n  q: 3\n')).toEqual([{ a: { p: 1, q: 2 }, b: { q: 3, p: 1 } }]);
    expect(data("'<<': 1")).toEqual([{ '<<': 1 }]);
  });

  it('says where a text is, in the whole file', () => {
    const text = 'a: 1\n---\nb: [\'x\', "y"]\n';
    const [, second] = readYaml(source(text));
    const list = second && 'root' in second && second.root.kind === 'map' ? second.root.entries[0]!.value : undefined;
    const spans = list?.kind === 'list' ? list.items.map(({ span }) => text.slice(span.start, span.end)) : [];
    expect(spans).toEqual(["'x'", '"y"']);
  });

  it('refuses a key written twice, at the second', () => {
    const text = 'a: 1\nb: 2\na: 3\n';
    const [fault] = faultsOf(text);
    expect([fault!.code, fault!.span.start]).toEqual(['sigma/duplicate-key', text.lastIndexOf('a')]);
    expect(data('a: { b: 1, b: 2 }')).toEqual(['sigma/duplicate-key']);
  });

  it('refuses tags and keys that no rule has', () => {
    expect(data('a: !!python/object x')).toEqual(['sigma/yaml']);
    expect(data('? [a]\n: b')).toEqual(['sigma/yaml']);
    expect(data('a: *nobody')).toEqual(['sigma/yaml']);
    expect(faultsOf('Image: *\\cmd.exe')[0]!.hint).toContain('quote the value');
  });

  it('stops at bombs, whatever they are made of', () => {
    const levels = Array.from({ length: 30 }, (_, n) => `l${n + 1}: &l${n + 1} [*l${n}, *l${n}, *l${n}, *l${n}]`);
    expect(data(['l0: &l0 x', ...levels].join('\n'))).toEqual(['sigma/too-large']);
    for (const deep of [
      '['.repeat(100_000),
      '{'.repeat(100_000),
      '- '.repeat(30_000),
      'a: '.repeat(30_000),
      '? '.repeat(30_000),
    ])
      expect(data(deep)).toEqual(['sigma/too-deep']);
    expect(data(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toEqual(['sigma/too-deep']);
    const chain = Array.from({ length: 5000 }, (_, n) => `l${n + 1}: &l${n + 1} [*l${n}]`);
    expect(data(['l0: &l0 x', ...chain].join('\n'))).toEqual(['sigma/too-deep']);
    const merges = `a: &a { ${Array.from({ length: 100 }, (_, n) => `k${n}: 1`).join(', ')} }\nb:\n  <<: [${Array.from({ length: 100 }, () => '*a').join(', ')}]\n`;
    expect(Object.keys((data(merges)[0] as { b: object }).b)).toHaveLength(100);
  });

  it('does not merge a bomb', () => {
    const keys = Array.from({ length: 20_000 }, (_, n) => `k${n}: 1`).join(', ');
    const merged = Array.from({ length: 20_000 }, () => '*a').join(', ');
    expect(data(`a: &a { ${keys} }\nb:\n  <<: [${merged}]\n`)).toEqual(['sigma/too-large']);
  });

  it('never throws at broken text', () => {
    const pieces = [
      'a: ',
      '- ',
      "'",
      '"',
      '[',
      '{',
      '}',
      ']',
      '\n',
      '  ',
      '\t',
      '&x ',
      '*x',
      '!t ',
      '|',
      '>',
      '? ',
      '#',
      ',',
      '---\n',
      '%',
      '\u0000',
      '\ud800',
    ];
    let seed = 1;
    const draw = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 3000; round += 1) {
      const text = Array.from({ length: 1 + draw(14) }, () => pieces[draw(pieces.length)]).join('');
      expect(() => readYaml(source(text)), JSON.stringify(text)).not.toThrow();
    }
  });
});
