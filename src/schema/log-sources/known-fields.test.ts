import { expect, it } from 'vitest';
import { knownFields } from './known-fields.ts';

it('lists the fields of a category, with those of every Windows event and the parts of Hashes', () => {
  const fields = knownFields({ product: 'windows', category: 'process_creation' });
  for (const name of ['Image', 'EventID', 'md5', 'ProcessCommandLine']) expect(fields?.has(name), name).toBe(true);
  expect(fields?.has('TargetFilename')).toBe(false);
});

it('lists those of a service, and of a category without a product', () => {
  expect(knownFields({ product: 'windows', service: 'bits-client' })?.has('RemoteName')).toBe(true);
  expect(knownFields({ category: 'proxy' })?.has('c-uri')).toBe(true);
});

it('says nothing of log sources that nobody has listed', () => {
  expect(knownFields({ product: 'windows', service: 'security' })).toBeUndefined();
  expect(knownFields({ product: 'acme', category: 'process_creation' })).toBeUndefined();
  expect(knownFields({ product: '__proto__', category: 'x' })).toBeUndefined();
  expect(knownFields({})).toBeUndefined();
});
