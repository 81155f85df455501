/**
 * Reads a network and writes it as the IR does, `10.0.0.0/8`; undefined if it is none. An address alone is a network
 * of one. Bits behind the prefix may be set, since people write the address they have at hand.
 */
export function networkOf(text: string): string | undefined {
  const match = /^\s*([0-9a-fA-F.:]{2,45})(?:\/(\d{1,3}))?\s*$/.exec(text);
  const address = match?.[1];
  if (address === undefined) return undefined;
  const bits = isV4(address) ? 32 : isV6(address) ? 128 : undefined;
  const prefix = Number(match?.[2] ?? bits);
  return bits === undefined || prefix > bits ? undefined : `${address}/${prefix}`;
}

function isV4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isV6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1)!;
  const tail = last.at(-1)?.includes('.') ? last.pop() : undefined;
  const count = groups.flat().length + (tail === undefined ? 0 : 2);
  const whole = groups.flat().every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (tail === undefined || isV4(tail));
  return whole && (halves.length === 2 ? count < 8 : count === 8);
}
