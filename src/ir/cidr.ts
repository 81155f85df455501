/** An address as one number, and how many bits it has: 32 or 128. */
interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** A network: the addresses of its family whose first `length` bits are those of `base`. */
export interface Network {
  readonly base: Address;
  readonly length: number;
}

/**
 * Reads `10.0.0.0/8`, `fc00::/7` or a single address as a network, or nothing where the text is none. Bits behind the
 * length may be set: people write the address of the host they look at.
 */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', length, ...more] = text.split('/');
  const base = parseAddress(address);
  if (!base || more.length > 0) return undefined;
  if (length === undefined) return { base, length: base.bits };
  return /^\d{1,3}$/.test(length) && Number(length) <= base.bits ? { base, length: Number(length) } : undefined;
}

const networks = new Map<string, Network | undefined>();

/**
 * Tells whether `text` is an address inside `network`.
 *
 * IPv4 is four decimal numbers without leading zeros, IPv6 any spelling of RFC 4291 section 2.2, an IPv4 tail included.
 * An IPv4-mapped IPv6 address is in no IPv4 network. Zones, ports and blanks make a text no address.
 *
 *     inNetwork('10.1.2.3', '10.0.0.0/8')   // true
 *     inNetwork('10.01.2.3', '10.0.0.0/8')  // false
 */
export function inNetwork(text: string, network: string): boolean {
  if (!networks.has(network)) networks.set(network, parseNetwork(network));
  const wanted = networks.get(network);
  const address = wanted && parseAddress(text);
  if (!wanted || !address || address.bits !== wanted.base.bits) return false;
  const rest = BigInt(address.bits - wanted.length);
  return address.value >> rest === wanted.base.value >> rest;
}

/** Longest spelling of an address: eight groups, the last two as IPv4. */
const LONGEST = 45;

function parseAddress(text: string): Address | undefined {
  if (text.length > LONGEST) return undefined;
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

const OCTET = '(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])';
const IPV4 = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}$`);

function parseIpv4(text: string): Address | undefined {
  const octets = IPV4.exec(text)?.slice(1);
  return octets && { bits: 32, value: octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n) };
}

function parseIpv6(text: string): Address | undefined {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const last = tail && parseIpv4(tail[2]!);
  if (tail && !last) return undefined;
  const hex = last ? `${tail[1]}${(last.value >> 16n).toString(16)}:${(last.value & 0xffffn).toString(16)}` : text;
  const halves = hex.split('::');
  if (halves.length > 2) return undefined;
  const [head, rest] = halves.map((half) => (half === '' ? [] : half.split(':'))) as [string[], string[] | undefined];
  const given = head.length + (rest?.length ?? 0);
  if (rest === undefined ? given !== 8 : given > 7) return undefined;
  const groups = [...head, ...Array<string>(8 - given).fill('0'), ...(rest ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { bits: 128, value: groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n) };
}
