import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inNetwork } from '../ir/cidr.ts';
import { codesOf } from './codes.ts';
import { graphOf } from './graph.ts';
import { runs } from './machine.ts';
import { networkTree } from './network-tree.ts';
import { regexMachine } from './regex-machine.ts';

const octet = fc.oneof(fc.integer({ min: 0, max: 256 }).map(String), fc.constantFrom('00', '01', '010', ''));
const quad = fc.array(octet, { minLength: 3, maxLength: 5 }).map((octets) => octets.join('.'));
const group = fc.oneof(
  fc.nat(0xffff).map((value) => value.toString(16)),
  fc.constantFrom('0', '0000', '00ab', 'FC00', 'fe80', 'ffff', '1', '', '12345', 'g'),
);
const half = fc.array(group, { maxLength: 8 }).map((groups) => groups.join(':'));
const wide = fc.oneof(
  fc.array(group, { minLength: 7, maxLength: 9 }).map((groups) => groups.join(':')),
  fc.tuple(half, half).map((halves) => halves.join('::')),
  fc.tuple(half, quad).map((halves) => halves.join('::')),
  fc.tuple(fc.array(group, { minLength: 5, maxLength: 7 }), quad).map(([groups, end]) => [...groups, end].join(':')),
  fc.tuple(half, fc.constantFrom('%eth0', '%1', ' ')).map((parts) => parts.join('')),
);
const networks = [
  '0.0.0.0/0',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.17.130/25',
  '203.0.113.77/29',
  '255.255.255.255/32',
  '127.0.0.1',
  '::/0',
  '::1/128',
  '::1',
  'fc00::/7',
  'fe80::/10',
  '2001:db8::/32',
  '2001:db8:1:2:3:4:5:6/121',
  '::ffff:10.1.2.3/104',
  '::ffff:0:0/96',
  'nonsense',
  '10.0.0.0/33',
];

describe('networkTree', () => {
  it('takes just the texts that are addresses of the network', () => {
    const machines = networks.map((network) => regexMachine(graphOf(networkTree(network).tree)));
    fc.assert(
      fc.property(fc.oneof(quad, wide), (text) => {
        const codes = codesOf(text);
        const wrong = networks.filter((network, index) => runs(machines[index]!, codes) !== inNetwork(text, network));
        expect([text, wrong]).toEqual([text, []]);
      }),
      { numRuns: 4000 },
    );
  });

  it('shows addresses that are of the network', () => {
    for (const network of networks) {
      const { samples } = networkTree(network);
      expect(samples.filter((sample) => !inNetwork(sample, network))).toEqual([]);
    }
    expect(networkTree('10.0.0.0/8').samples[0]).toBe('10.0.0.1');
    expect(networkTree('fc00::/7').samples[0]).toBe('fc00::1');
  });
});
