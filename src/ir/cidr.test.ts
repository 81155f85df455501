import { expect, it } from 'vitest';
import { inNetwork, parseNetwork } from './cidr.ts';

it.each([
  ['10.1.2.3', '10.0.0.0/8', true],
  ['11.0.0.0', '10.0.0.0/8', false],
  ['10.01.2.3', '10.0.0.0/8', false],
  [' 10.1.2.3', '10.0.0.0/8', false],
  ['10.1.2', '10.0.0.0/8', false],
  ['256.1.2.3', '0.0.0.0/0', false],
  ['1.2.3.4', '0.0.0.0/0', true],
  ['192.168.1.77', '192.168.1.5/24', true],
  ['192.168.1.5', '192.168.1.5', true],
  ['::1', '::1/128', true],
  ['0:0:0:0:0:0:0:1', '::1', true],
  ['0000:0000:0000:0000:0000:0000:0000:0001', '::1', true],
  ['FE80::1', 'fe80::/10', true],
  ['fec0::1', 'fe80::/10', false],
  ['fd12::', 'fc00::/7', true],
  ['1::2::3', '::/0', false],
  ['1:2:3:4:5:6:7:8', '::/0', true],
  ['1:2:3:4:5:6:7::', '::/0', true],
  ['1:2:3:4:5:6:7:8:9', '::/0', false],
  ['::ffff:10.0.0.1', '::ffff:a00:1', true],
  ['::ffff:10.0.0.1', '10.0.0.0/8', false],
  ['fe80::1%eth0', 'fe80::/10', false],
  ['10.1.2.3', '::/0', false],
  ['', '::/0', false],
] as const)('%s in %s: %s', (text, network, expected) => expect(inNetwork(text, network)).toBe(expected));

it.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0/8', 'x/8', '::/129', '10.0.0.0/8/8', '10.0.0.0/-1'])(
  '%s is no network',
  (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  },
);
