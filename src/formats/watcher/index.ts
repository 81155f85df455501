import type { Envelope } from '../envelope.ts';
import { settings } from './settings.ts';
import { unwrap } from './unwrap.ts';
import { wrap } from './wrap.ts';

/** A watch of Elasticsearch's Watcher, as a command for bash that stores it. */
export const watcher: Envelope = {
  name: 'watcher',
  reference: 'https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-watcher-put-watch',
  extension: 'sh',
  carries: 'filter',
  settings,
  wrap,
  unwrap,
};
