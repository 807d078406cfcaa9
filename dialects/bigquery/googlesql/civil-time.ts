/** GoogleSQL's packed forms of dates and times (zetasql/public/civil_time.h), to and from ISO text. */

const DAY_MS = 86_400_000;
const pad = (value: number | bigint, width = 2): string => String(value).padStart(width, '0');
const fraction = (nanos: number): string => (nanos === 0 ? '' : `.${pad(nanos, 9).replace(/0+$/, '')}`);

/** Days since 1970-01-01. */
export const encodeDate = (text: string): number => Math.round(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY_MS);

export const decodeDate = (days: number): string => new Date(days * DAY_MS).toISOString().slice(0, 10);

/** Seconds and nanoseconds since 1970; a text without a zone is UTC. */
export function encodeTimestamp(text: string): { seconds: string; nanos: number } {
  const zoned = /(Z|[+-]\d\d(:?\d\d)?)$/.test(text.slice(10)) ? text.replace(/([+-]\d\d)$/, '$1:00') : `${text}Z`;
  const milliseconds = Date.parse(zoned.replace(' ', 'T'));
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds: String(seconds), nanos: (milliseconds - seconds * 1000) * 1e6 };
}

export function decodeTimestamp({ seconds = '0', nanos = 0 }: { seconds?: string; nanos?: number }): string {
  const iso = new Date(Number(seconds) * 1000).toISOString();
  return `${iso.slice(0, 19).replace('T', ' ')}${fraction(nanos)}+00`;
}

/** Year, month, day, hour, minute, second in 14, 4, 5, 5, 6 and 6 bits. */
export function encodeDatetime(text: string): { bit_field_datetime_seconds: string; nanos: number } {
  const [year, month, day, hour = 0, minute = 0, second = 0] = (text.match(/\d+/g) ?? []).map(Number);
  const parts: [number, bigint][] = [
    [month!, 4n],
    [day!, 5n],
    [hour, 5n],
    [minute, 6n],
    [second, 6n],
  ];
  const bits = parts.reduce((packed, [value, width]) => (packed << width) | BigInt(value), BigInt(year!));
  return { bit_field_datetime_seconds: bits.toString(), nanos: 0 };
}

export function decodeDatetime(packed: { bit_field_datetime_seconds?: string; nanos?: number }): string {
  const bits = BigInt(packed.bit_field_datetime_seconds ?? 0);
  const date = `${pad(bits >> 26n, 4)}-${pad((bits >> 22n) & 15n)}-${pad((bits >> 17n) & 31n)}`;
  return `${date} ${clock(bits)}${fraction(packed.nanos ?? 0)}`;
}

/** Hour, minute, second in 5, 6 and 6 bits above 30 bits of nanoseconds. */
export function encodeTime(text: string): string {
  const [hour = 0, minute = 0, second = 0] = text.split(':').map(Number);
  return (((((BigInt(hour) << 6n) | BigInt(minute)) << 6n) | BigInt(Math.floor(second))) << 30n).toString();
}

export function decodeTime(packed: string): string {
  const bits = BigInt(packed);
  return `${clock(bits >> 30n)}${fraction(Number(bits & ((1n << 30n) - 1n)))}`;
}

const clock = (bits: bigint): string => `${pad((bits >> 12n) & 31n)}:${pad((bits >> 6n) & 63n)}:${pad(bits & 63n)}`;
