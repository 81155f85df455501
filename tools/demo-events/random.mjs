/**
 * A stream of random numbers that is the same on every machine: sfc32, seeded by a text through FNV-1a.
 *
 *     const random = randomFrom('hashes of notepad.exe');
 *     random.hex(32)
 */
export function randomFrom(seed) {
  let hash = 0x811c9dc5;
  for (const unit of new TextEncoder().encode(seed)) hash = Math.imul(hash ^ unit, 0x01000193) >>> 0;
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, hash, 1];
  const next = () => {
    const sum = (((a + b) >>> 0) + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + sum) >>> 0;
    return sum;
  };
  for (let turn = 0; turn < 15; turn += 1) next();
  const below = (limit) => next() % limit;
  const hex = (digits) => Array.from({ length: digits }, () => below(16).toString(16)).join('');
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (percent) => below(100) < percent,
    pick: (list) => list[below(list.length)],
    hex,
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
}
