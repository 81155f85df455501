import { integer, utf16Bytes, writeEvtx } from '../../src/events/evtx/testing/write-evtx.ts';
import type { Filled, Part } from '../../src/events/evtx/testing/write-evtx.ts';

/** An event of the demo as Windows' own JSON has it. */
export interface DemoEvent {
  readonly System: {
    readonly Provider: { readonly '#attributes': { readonly Name: string; readonly Guid: string } };
    readonly EventID: number;
    readonly Level: number;
    readonly Keywords: string;
    readonly TimeCreated: { readonly '#attributes': { readonly SystemTime: string } };
    readonly EventRecordID: number;
    readonly Channel: string;
    readonly Computer: string;
  };
  readonly EventData: Readonly<Record<string, string>>;
}

/**
 * Writes events as a Windows event log: System from one template a provider, the data from one for each kind of event.
 * All data are text, as they are for who reads them; what Windows would write as numbers looks the same.
 */
export function evtxOf(events: readonly DemoEvent[]): Uint8Array {
  const templates = new Map<string, number>();
  const idOf = (template: Part): number => {
    const key = JSON.stringify(template);
    if (!templates.has(key)) templates.set(key, templates.size + 1);
    return templates.get(key)!;
  };
  return writeEvtx(
    events.map(({ System, EventData }, index) => {
      const [system, data] = [systemTemplate(System), dataTemplate(Object.keys(EventData))];
      const event: Filled = {
        id: idOf(system),
        template: system,
        values: [
          { type: 0x06, bytes: integer(System.EventID, 2) },
          { type: 0x04, bytes: integer(System.Level, 1) },
          { type: 0x15, bytes: integer(BigInt(System.Keywords), 8) },
          { type: 0x11, bytes: fileTime(System.TimeCreated['#attributes'].SystemTime) },
          { type: 0x0a, bytes: integer(System.EventRecordID, 8) },
          { type: 0x01, bytes: utf16Bytes(System.Channel) },
          { type: 0x01, bytes: utf16Bytes(System.Computer) },
          {
            fragment: {
              id: idOf(data),
              template: data,
              values: Object.values(EventData).map((value) => ({ type: 0x01, bytes: utf16Bytes(value) })),
            },
          },
        ],
      };
      return { number: index + 1, event };
    }),
  );
}

function systemTemplate({ Provider }: DemoEvent['System']): Part {
  const { Name, Guid } = Provider['#attributes'];
  const leaf = (name: string, hole: number, type: number): Part => ({ name, content: [{ hole, type }] });
  const provider: Part = {
    name: 'Provider',
    attributes: [
      ['Name', [Name]],
      ['Guid', [`{${Guid}}`]],
    ],
  };
  const system: Part = {
    name: 'System',
    content: [
      provider,
      leaf('EventID', 0, 0x06),
      leaf('Level', 1, 0x04),
      leaf('Keywords', 2, 0x15),
      { name: 'TimeCreated', attributes: [['SystemTime', [{ hole: 3, type: 0x11 }]]] },
      leaf('EventRecordID', 4, 0x0a),
      leaf('Channel', 5, 0x01),
      leaf('Computer', 6, 0x01),
    ],
  };
  return { name: 'Event', content: [system, { hole: 7, type: 0x21 }] };
}

function dataTemplate(names: readonly string[]): Part {
  return {
    name: 'EventData',
    content: names.map((name, hole) => ({
      name: 'Data',
      attributes: [['Name', [name]]],
      content: [{ hole, type: 0x01 }],
    })),
  };
}

/** Tenths of microseconds since 1601. */
function fileTime(iso: string): Uint8Array {
  return integer((BigInt(Date.parse(iso)) + 11_644_473_600_000n) * 10_000n, 8);
}
