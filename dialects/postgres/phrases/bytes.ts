import { phraseLines } from '../../phrase-lines.js';

/** Bytes, encodings and hashes. */
export const bytesPhrases = phraseLines(`
  convert_to(s, 'UTF8') → bytes: {s} as bytes | bytes of the {s} in UTF-8
  convert_from(decode(encode(convert_to(s, 'UTF8'), 'base64'), 'base64'), 'UTF8') → text: {s} encoded in base 64 and decoded again | {s} after a round
      trip through base 64
  encode(convert_to(s, 'UTF8'), 'base64') → text: {s} in base 64 | base-64 encoding of the {s}
  encode(convert_to(s, 'UTF8'), 'hex') → text: bytes of the {s} as hexadecimal digits | {s} encoded in hex
  decode(md5(s), 'hex') → bytes: MD5 hash of the {s} as bytes | 16 bytes of the MD5 of the {s}
  convert(convert_to(s, 'UTF8'), 'UTF8', 'LATIN1') → bytes: {s} as Latin-1 bytes | bytes of the {s} converted from UTF-8 to Latin-1
  encode(sha256(convert_to(s, 'UTF8')), 'hex') → text: SHA-256 hash of the {s} in hexadecimal | hex digits of the SHA-256 of the {s}
  sha224(convert_to(s, 'UTF8')) → bytes: SHA-224 hash of the {s} | {s} hashed by SHA-224
  sha256(convert_to(s, 'UTF8')) → bytes: SHA-256 hash of the {s} as bytes | {s} hashed by SHA-256
  sha384(convert_to(s, 'UTF8')) → bytes: SHA-384 hash of the {s} | {s} hashed by SHA-384
  sha512(convert_to(s, 'UTF8')) → bytes: SHA-512 hash of the {s} | {s} hashed by SHA-512
  crc32(convert_to(s, 'UTF8')) → integer: CRC-32 checksum of the {s} | CRC-32 of the {s}
  crc32c(convert_to(s, 'UTF8')) → integer: CRC-32C checksum of the {s} | Castagnoli checksum of the {s}
  get_byte(convert_to(s, 'UTF8'), 0) → integer group: first byte of the {s} | value of the first byte of the {s}
  get_bit(convert_to(s, 'UTF8'), 0) → integer group: lowest bit of the first byte of the {s} | first bit of the {s}
  set_byte(convert_to(s, 'UTF8'), 0, 88) → bytes: {s} as bytes with the first one set to 88 | bytes of the {s} with 88 in the first place
  set_bit(convert_to(s, 'UTF8'), 0, 1) → bytes: {s} as bytes with the first bit set | bytes of the {s} with a 1 in the lowest bit
  bit_count(convert_to(s, 'UTF8')) → integer filter=number: number of bits set in the {s} | count of ones among the bits of the {s}
`);
