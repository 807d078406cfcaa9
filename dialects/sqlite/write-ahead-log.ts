/**
 * SQLite's write-ahead log (https://www.sqlite.org/fileformat2.html#the_write_ahead_log): what has been committed to a database and
 * not yet been copied into its file.
 */
const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** The last bit says which way round the words of checksums are. */
const MAGIC = 0x377f0682;

/**
 * The image of a database file with all that its log has committed.
 * @param image the database file, not changed
 * @param log the file `<database>-wal`; frames after the last commit, of an earlier log or half written are passed over
 */
export function withLog(image: Uint8Array, log: Uint8Array): Uint8Array {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  if (log.length < HEADER_BYTES || (view.getUint32(0) & ~1) >>> 0 !== MAGIC) return image;
  const littleEndian = (view.getUint32(0) & 1) === 0;
  const sum = checksum(view, littleEndian);
  const pageBytes = view.getUint32(8);
  let sums = sum([0, 0], 0, 24);
  if (!equals(sums, view, 24) || !isPageSize(pageBytes)) return image;

  let pages = new Map<number, number>();
  const committed = new Map<number, number>();
  let sizeInPages: number | null = null;
  for (let at = HEADER_BYTES; at + FRAME_HEADER_BYTES + pageBytes <= log.length; at += FRAME_HEADER_BYTES + pageBytes) {
    // A log is written over from its start: frames with another salt are left of what stood there before.
    if (view.getUint32(at + 8) !== view.getUint32(16) || view.getUint32(at + 12) !== view.getUint32(20)) break;
    sums = sum(sum(sums, at, 8), at + FRAME_HEADER_BYTES, pageBytes);
    if (!equals(sums, view, at + 16)) break;
    pages.set(view.getUint32(at), at + FRAME_HEADER_BYTES);
    const sizeAfterCommit = view.getUint32(at + 4);
    if (sizeAfterCommit === 0) continue;
    sizeInPages = sizeAfterCommit;
    for (const [page, place] of pages) committed.set(page, place);
    pages = new Map();
  }
  if (sizeInPages === null) return image;

  const whole = new Uint8Array(sizeInPages * pageBytes);
  whole.set(image.subarray(0, whole.length));
  for (const [page, place] of committed)
    if (page <= sizeInPages) whole.set(log.subarray(place, place + pageBytes), (page - 1) * pageBytes);
  return whole;
}

type Sums = readonly [number, number];

/** The log's running checksum over some of its bytes, a multiple of eight. */
function checksum(view: DataView, littleEndian: boolean) {
  return ([first, second]: Sums, from: number, bytes: number): Sums => {
    let [a, b] = [first, second];
    for (let at = from; at < from + bytes; at += 8) {
      a = (a + view.getUint32(at, littleEndian) + b) >>> 0;
      b = (b + view.getUint32(at + 4, littleEndian) + a) >>> 0;
    }
    return [a, b];
  };
}

const equals = ([first, second]: Sums, view: DataView, at: number): boolean =>
  view.getUint32(at) === first && view.getUint32(at + 4) === second;

const isPageSize = (bytes: number): boolean => bytes >= 512 && bytes <= 65_536 && (bytes & (bytes - 1)) === 0;
