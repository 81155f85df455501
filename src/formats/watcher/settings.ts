import type { Setting } from '../envelope.ts';
import { secondsOf } from './durations.ts';

/** What each site decides about its watches. */
export const settings: readonly Setting[] = [
  {
    name: 'indices',
    what: 'indices to search, several with commas',
    usual: 'winlogbeat-*',
    fault: (value) => (listOf(value).every(isIndex) && listOf(value).length > 0 ? undefined : 'no names of indices'),
  },
  {
    name: 'recipient',
    what: 'who gets the mail, several with commas',
    usual: 'root@localhost',
    fault: (value) => (listOf(value).length > 0 && isPlain(value) ? undefined : 'no address'),
  },
  {
    name: 'interval',
    what: 'how often the search is run: 30s, 5m, 1h',
    usual: '5m',
    fault: (value) => ((secondsOf(value) ?? 0) > 0 ? undefined : 'no length of time such as 5m'),
  },
  {
    name: 'time-field',
    what: 'the field that holds the time of an event',
    usual: '@timestamp',
    fault: (value) => (value.trim() !== '' && isPlain(value) ? undefined : 'no name of a field'),
  },
  {
    name: 'url',
    what: 'where Elasticsearch answers',
    usual: 'http://localhost:9200',
    fault: (value) =>
      /^https?:\/\/[\w.~:@%/[\]-]+$/.test(value) ? undefined : 'no address that begins http:// or https://',
  },
];

/** The parts of a list with commas. */
export function listOf(value: string): string[] {
  return value
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function isIndex(name: string): boolean {
  return /^[^\s"'\\/|#,{}]+$/.test(name);
}

/** Nothing that a template or the head of a mail would take for more than text. */
function isPlain(value: string): boolean {
  return !/[\u0000-\u001f\u007f]|\{\{/.test(value);
}
