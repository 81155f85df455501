import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inNetwork } from '../ir/cidr.ts';
import { evaluate } from '../ir/evaluate.ts';
import { eventOf } from '../ir/event.ts';
import { any } from '../ir/predicate.ts';
import type { Predicate } from '../ir/predicate.ts';
import { networkPrefixes } from './network-prefixes.ts';

const address = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((octets) => octets.join('.'));

describe('the beginnings of the addresses of a network', () => {
  it('fit its addresses and no others (property)', () => {
    fc.assert(
      fc.property(address, address, fc.nat(32), fc.boolean(), (base, other, bits, near) => {
        const network = `${base}/${bits}`;
        const asked = near ? base : other;
        const test = any(
          networkPrefixes(network).map((pattern): Predicate => ({ kind: 'like', field: 'f', pattern, cased: true })),
        );
        expect(evaluate(test, eventOf({ f: asked }))).toBe(inNetwork(asked, network));
      }),
    );
  });

  it('are at most 128, and whole addresses of small networks', () => {
    expect(networkPrefixes('10.0.0.0/25')).toHaveLength(128);
    expect(networkPrefixes('10.0.0.7/30')).toEqual([['10.0.0.4'], ['10.0.0.5'], ['10.0.0.6'], ['10.0.0.7']]);
    expect(networkPrefixes('10.0.0.7')).toEqual([['10.0.0.7']]);
  });
});
