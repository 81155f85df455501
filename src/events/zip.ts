/**
 * The directory of a ZIP archive (PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4), read from the end of the file, where
 * it is authoritative: local headers may lack sizes.
 */

/** A file whose bytes can be read at any place. */
export interface RandomAccess {
  readonly size: number;
  /** Reads `length` bytes from `offset`; fewer only where the file ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A file inside an archive. Sizes and offsets are in bytes. */
export interface Member {
  readonly name: string;
  readonly compressed: number;
  readonly size: number;
  readonly method: 'stored' | 'deflated';
  /** Where its local header stands in the archive. */
  readonly header: number;
}

/** What an archive lists: members that can be read, and entries that can't, with the reason. */
export interface Directory {
  readonly members: readonly Member[];
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const LOCAL_LENGTH = 30;

/** Bytes of directory that are read at most: about a million entries. */
const LARGEST_DIRECTORY = 128 * 1024 * 1024;

/** Reads the directory, or says in a sentence why there is none. Members come in the order of their place in the file. */
export async function readDirectory(file: RandomAccess): Promise<Directory | string> {
  const end = await findEnd(file);
  if (!end) return 'not a ZIP archive, or cut off: it has no directory at its end';
  if (end.length > LARGEST_DIRECTORY) return `the directory of the archive has ${end.length} bytes`;
  if (end.offset + end.length > file.size)
    return 'the directory of the archive lies outside of the file: it is cut off';
  const entries = readEntries(await file.read(end.offset, end.length));
  return withoutOverlaps(entries);
}

/** Where the compressed bytes of a member begin, which its local header tells; undefined where that is damaged. */
export async function startOf(file: RandomAccess, member: Member): Promise<number | undefined> {
  const header = await file.read(member.header, LOCAL_LENGTH);
  if (header.length < LOCAL_LENGTH) return undefined;
  const view = viewOf(header);
  if (view.getUint32(0, true) !== LOCAL) return undefined;
  return member.header + LOCAL_LENGTH + view.getUint16(26, true) + view.getUint16(28, true);
}

async function findEnd(file: RandomAccess): Promise<{ offset: number; length: number } | undefined> {
  const length = Math.min(file.size, 22 + 0xffff);
  const start = file.size - length;
  const tail = await file.read(start, length);
  const view = viewOf(tail);
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    // A comment stands behind the record, and may hold what looks like another one.
    if (view.getUint32(at, true) !== END || at + 22 + view.getUint16(at + 20, true) > tail.length) continue;
    const found = { length: view.getUint32(at + 12, true), offset: view.getUint32(at + 16, true) };
    if (found.offset !== 0xffffffff && found.length !== 0xffffffff) return found;
    return findEnd64(file, start + at);
  }
  return undefined;
}

/** Follows the locator that stands before the end record of an archive over 4 GB. */
async function findEnd64(file: RandomAccess, end: number): Promise<{ offset: number; length: number } | undefined> {
  const locator = viewOf(await file.read(Math.max(0, end - 20), 20));
  if (locator.byteLength < 20 || locator.getUint32(0, true) !== END_64_LOCATOR) return undefined;
  const record = viewOf(await file.read(Number(locator.getBigUint64(8, true)), 56));
  if (record.byteLength < 56 || record.getUint32(0, true) !== END_64) return undefined;
  return { length: Number(record.getBigUint64(40, true)), offset: Number(record.getBigUint64(48, true)) };
}

function readEntries(bytes: Uint8Array): Directory {
  const members: Member[] = [];
  const refused: { name: string; reason: string }[] = [];
  const view = viewOf(bytes);
  for (let at = 0; at + 46 <= bytes.length && view.getUint32(at, true) === ENTRY;) {
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    // Bit 11 promises UTF-8; older archives use a code page, whose letters in names are no matter here.
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const extraStart = at + 46 + nameLength;
    const sizes = sizesOf(view, at, bytes.subarray(extraStart, extraStart + extraLength));
    at = extraStart + extraLength + view.getUint16(at + 32, true);
    if (name.endsWith('/')) continue;
    if ((flags & 1) === 1) refused.push({ name, reason: 'encrypted: a password is needed' });
    else if (method !== 0 && method !== 8)
      refused.push({ name, reason: `compressed by method ${method}; only deflate is read` });
    else members.push({ name, ...sizes, method: method === 0 ? 'stored' : 'deflated' });
  }
  return { members, refused };
}

/** Sizes and place of an entry; those that don't fit 32 bits stand in the extra field 1, in this order. */
function sizesOf(view: DataView, at: number, extra: Uint8Array): Pick<Member, 'size' | 'compressed' | 'header'> {
  const found = {
    size: view.getUint32(at + 24, true),
    compressed: view.getUint32(at + 20, true),
    header: view.getUint32(at + 42, true),
  };
  const fields = viewOf(extra);
  for (let field = 0; field + 4 <= extra.length; field += 4 + fields.getUint16(field + 2, true)) {
    if (fields.getUint16(field, true) !== 1) continue;
    let next = field + 4;
    for (const key of ['size', 'compressed', 'header'] as const) {
      if (found[key] !== 0xffffffff || next + 8 > extra.length) continue;
      found[key] = Number(fields.getBigUint64(next, true));
      next += 8;
    }
  }
  return found;
}

/** Refuses members whose bytes overlap: no archiver makes such, but bombs of a small size do. */
function withoutOverlaps({ members, refused }: Directory): Directory {
  const sorted = members.toSorted((a, b) => a.header - b.header);
  const kept: Member[] = [];
  const overlapping: { name: string; reason: string }[] = [];
  let end = 0;
  for (const member of sorted) {
    if (member.header < end) overlapping.push({ name: member.name, reason: 'its bytes are those of another member' });
    else {
      kept.push(member);
      end = member.header + LOCAL_LENGTH + member.compressed;
    }
  }
  return { members: kept, refused: [...refused, ...overlapping] };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
