/** NUMERIC and BIGNUMERIC travel as a scaled integer: two's complement, least significant byte first, no more bytes than needed. */

export const NUMERIC_SCALE = 9;
export const BIGNUMERIC_SCALE = 38;

export function encodeDecimal(text: string, scale: number): Uint8Array {
  const [, sign, whole = '0', decimals = ''] = /^(-?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  let rest = BigInt(whole + decimals.padEnd(scale, '0').slice(0, scale)) * (sign === '-' ? -1n : 1n);
  const bytes: number[] = [];
  for (;;) {
    const byte = Number(rest & 255n);
    bytes.push(byte);
    rest >>= 8n;
    const signBit = (byte & 128) !== 0;
    if ((rest === 0n && !signBit) || (rest === -1n && signBit)) return Uint8Array.from(bytes);
  }
}

/** The number's plain decimal text, without trailing zeros. */
export function decodeDecimal(bytes: Uint8Array, scale: number): string {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(bytes[i]!);
  if (bytes.length > 0 && bytes.at(-1)! & 128) value -= 1n << BigInt(8 * bytes.length);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const text = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '');
  return value < 0n ? `-${text}` : text;
}
