import type { Raw, Value } from '../ir/event.ts';

/** The number that Windows shows for an event in its own JSON shape (`EventRecordID` of `System`), if it has one. */
export function recordId(raw: Raw): number | undefined {
  const id = member(member(raw['Event'], 'System'), 'EventRecordID');
  const number = typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : id;
  return typeof number === 'number' ? number : undefined;
}

function member(value: Value | undefined, name: string): Value | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Raw)[name] : undefined;
}
