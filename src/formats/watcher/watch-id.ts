import type { Detection } from '../../ir/detection.ts';

/**
 * The id under which a watch is stored: the rule's, or one made of its title, and from the second query on a number.
 *
 * An id is part of a path and of a command, so it is made of ASCII letters, digits, `-`, `_` and `.`; a name that loses
 * more than blanks by that gets a checksum, lest two rules share a watch.
 *
 *     watchId({ id: null, title: 'Suspicious Use of Procdump' }, 2)   // Suspicious-Use-of-Procdump-2
 */
export function watchId({ id, title }: Pick<Detection, 'id' | 'title'>, number: number): string {
  const name = id ?? title;
  const plain = name
    .trim()
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, LONGEST);
  const isWhole = plain === name.trim().replace(/ +/g, '-');
  const unique = isWhole && plain !== '' ? plain : [plain || 'rule', checksum(name)].join('-');
  return number === 1 ? unique : `${unique}-${number}`;
}

const LONGEST = 120;

/** FNV-1a over UTF-16 units, 32 bits. */
function checksum(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return sum.toString(16).padStart(8, '0');
}
