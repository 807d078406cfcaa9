const MICROS_PER_SECOND = 1_000_000n;

/**
 * An INTERVAL's 16 bytes (zetasql/public/interval_value.h) as BigQuery writes it: `1-2 3 4:5:6.000007`. Microseconds in the first eight,
 * days in the next four, then months in the upper bits of the last four; nanoseconds below a microsecond, in the lower, are dropped.
 */
export function decodeInterval(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const micros = view.getBigInt64(0, true);
  const days = view.getInt32(8, true);
  const months = signedMonths(view.getUint32(12, true));
  const sign = (negative: boolean): string => (negative ? '-' : '');
  const absolute = Math.abs(months);
  const size = micros < 0n ? -micros : micros;
  const seconds = size / MICROS_PER_SECOND;
  const rest = size % MICROS_PER_SECOND;
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(6, '0')}`;
  const clock = `${seconds / 3600n}:${(seconds / 60n) % 60n}:${seconds % 60n}${fraction}`;
  return `${sign(months < 0)}${Math.floor(absolute / 12)}-${absolute % 12} ${days} ${sign(micros < 0n)}${clock}`;
}

/** Bit 31 is the sign, bits 13 to 30 the months. */
function signedMonths(packed: number): number {
  const months = (packed >>> 13) & 0x3ffff;
  return packed >>> 31 === 1 ? -months : months;
}
