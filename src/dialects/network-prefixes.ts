import { many } from '../ir/pattern.ts';
import type { Pattern } from '../ir/pattern.ts';

/**
 * Patterns of which every address of an IPv4 network fits one, for languages without a test of networks. Of networks
 * of 25 bits and more they are the addresses themselves; of others they also take texts that are no address.
 *
 *     10.0.0.0/8          10.*
 *     192.168.0.0/15      192.168.*   192.169.*
 */
export function networkPrefixes(network: string): readonly Pattern[] {
  const [address = '', length = '32'] = network.split('/');
  const octets = address.split('.').map(Number);
  const bits = Number(length);
  if (bits === 0) return [[many, '.', many, '.', many, '.', many]];
  const told = Math.ceil(bits / 8);
  const free = 2 ** (told * 8 - bits);
  const low = Math.floor(octets[told - 1]! / free) * free;
  return Array.from({ length: free }, (_, more) => {
    const text = [...octets.slice(0, told - 1), low + more].join('.');
    return told === 4 ? [text] : [`${text}.`, many];
  });
}
