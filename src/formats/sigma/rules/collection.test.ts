import { describe, expect, it } from 'vitest';
import { codesOf, hitsOf, read, readOne } from '../testing/read.ts';

const selection = (value: number) => `detection:\n    selection:\n        F: ${value}\n    condition: selection\n`;

describe('a collection', () => {
  const collection = `
action: global
title: Both
id: 7
detection:
    words:
        W: x
    condition: selection and words
---
logsource: { product: windows, service: sysmon }
detection:
    selection: { EventID: 1 }
---
logsource: { product: windows, service: security }
detection:
    selection: { EventID: 4688 }
`;

  it('is one detection with a query for each document', () => {
    const found = readOne(collection);
    expect([found.name, found.id, found.title]).toEqual(['rule.yml', '7', 'Both']);
    expect(found.queries.map(({ logsource }) => logsource.service)).toEqual(['sysmon', 'security']);
    expect(hitsOf(found, [{ W: 'x', EventID: 1 }, { W: 'x', EventID: 4688 }, { EventID: 1 }])).toEqual([0, 1]);
  });

  it('leads each test back to the document that it was read from', () => {
    const found = readOne(collection);
    const documents = found.origins.map(({ part, document }) => `${part} ${document}`);
    expect(new Set(documents)).toEqual(new Set(['words 0', 'selection 1', 'selection 2']));
  });

  it('is several rules where documents have titles of their own', () => {
    const text = `action: global\nauthor: Ada\nlogsource: { product: windows }\n---\ntitle: A\n${selection(1)}---\ntitle: B\n${selection(2)}`;
    const { detections } = read(text);
    expect(detections.map(({ name, title, author }) => `${name} ${title} ${author}`)).toEqual([
      'rule.yml#2 A Ada',
      'rule.yml#3 B Ada',
    ]);
  });

  it('keeps the ids of its documents', () => {
    const text = `action: global\ntitle: A\nlogsource: { product: windows }\n---\nid: 1\n${selection(1)}---\nid: 2\n${selection(2)}`;
    expect(readOne(text)).toMatchObject({ id: '1', extra: { ids: ['1', '2'] } });
  });

  it('lets the global document win, and says what is lost', () => {
    const text = `action: global\ntitle: A\nlogsource: { product: windows, service: system }\n---\nlogsource: { service: security, category: x }\n${selection(1)}`;
    expect(readOne(text).queries[0]!.logsource).toEqual({ product: 'windows', service: 'system', category: 'x' });
    expect(codesOf(text)).toEqual(['sigma/global-override']);
  });

  it('forgets at reset, accumulates several globals, repeats with changes', () => {
    const text = `
action: global
title: A
---
action: global
logsource: { product: windows }
---
${selection(1)}---
action: repeat
detection:
    selection: { F: 2 }
---
action: reset
---
title: B
logsource: { product: linux }
${selection(3)}`;
    const { detections, diagnostics } = read(text);
    expect(diagnostics).toEqual([]);
    expect(detections.map(({ title, name, queries }) => `${title} ${name} ${queries.length}`)).toEqual([
      'A rule.yml#2 2',
      'B rule.yml#6 1',
    ]);
    expect(hitsOf(detections[0]!, [{ F: 1 }, { F: 2 }, { F: 3 }])).toEqual([0, 1]);
  });

  it('is refused where an action makes no sense', () => {
    expect(codesOf('action: globel\ntitle: x')).toEqual(['sigma/action']);
    expect(codesOf('action: repeat\ntitle: x')).toEqual(['sigma/action']);
    expect(codesOf('action: global\ntitle: x')).toEqual(['sigma/action']);
  });

  it('is left out whole if one of its documents can\u2019t be read', () => {
    const text = collection.replace('EventID: 4688', 'EventID|nope: 4688');
    expect(read(text).detections).toEqual([]);
    expect(codesOf(text)).toEqual(['sigma/unknown-modifier']);
  });
});
