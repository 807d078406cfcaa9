import { phraseLines } from '../../phrase-lines.js';

/** Texts, their characters, codes and hashes. */
export const textPhrases = phraseLines(`
  ASCII(s) → integer group: ASCII code of the first character of the {s} | {s} first character as an ASCII code
  UNICODE(s) → integer group: Unicode code point of the first character of the {s} | {s} first character as a Unicode code point
  CHR(UNICODE(s)) → text group: character of the first code point of the {s} | first character of the {s} by its code point
  CODE_POINTS_TO_STRING(ARRAY_REVERSE(TO_CODE_POINTS(s))) → text statement: {s} rebuilt from its code points in reverse
      | text of the {s} code points backwards
  TO_CODE_POINTS(s) → array: code points of the {s} | array of the code points in the {s} | {s} as Unicode code points
  CODE_POINTS_TO_BYTES([UNICODE(LEFT(s, 1))]) → bytes statement: byte of the code point of the first 1 character of the {s}
      | first 1 character of the {s} as a byte by its code point
  NORMALIZE(s) → text: {s} in Unicode normal form | Unicode-normalized {s}
  NORMALIZE_AND_CASEFOLD(s) → text: {s} normalized without regard to case | case-folded {s} in Unicode normal form
  REPEAT(s, {number}) → text: {s} repeated {number} times | {number} copies of the {s} in a row
  SOUNDEX(s) → text group: Soundex code of the {s} | {s} sound by Soundex | phonetic Soundex key of the {s}
  EDIT_DISTANCE(s1, s2) → integer: edit distance between the {s1} and the {s2} | Levenshtein distance from the {s1} to the {s2}
  EDIT_DISTANCE(s, {existing}) → integer: edit distance of the {s} from {existing} | Levenshtein distance between the {s} and {existing}
  REGEXP_INSTR(s, '[aeiou]') → integer: position of the first match of [aeiou] in the {s} | where [aeiou] first matches in the {s}
  REGEXP_INSTR(s, '[0-9]') → integer: position of the first match of [0-9] in the {s} | where [0-9] first matches in the {s}
  REGEXP_SUBSTR(s, '[A-Za-z]+') → text group: first stretch of the {s} that matches [A-Za-z]+ | substring of the {s} matching [A-Za-z]+
  COLLATE(s, 'und:ci') → text: {s} under the collation und:ci | {s} collated by und:ci
  OCTET_LENGTH(s) → integer: length of the {s} in octets | octets in the {s} | {s} octet count
  CHARACTER_LENGTH(s) → integer: character count of the {s} | {s} character count
  SUBSTRING(s, 1, 3) → text group: substring of the {s} from place 1 of length 3 | {s} substring with place 1 and length 3
  TO_HEX(SHA256(s)) → text: SHA-256 hash of the {s} in hex | hexadecimal SHA-256 of the {s}
  TO_HEX(SHA1(s)) → text: SHA-1 hash of the {s} in hex | hexadecimal SHA-1 of the {s}
  TO_HEX(SHA512(s)) → text: SHA-512 hash of the {s} in hex | hexadecimal SHA-512 of the {s}
  TO_HEX(MD5(s)) → text: MD5 hash of the {s} in hex | hexadecimal MD5 of the {s}
  FARM_FINGERPRINT(s) → integer: fingerprint of the {s} | FarmHash fingerprint of the {s}
  MOD(ABS(FARM_FINGERPRINT(s)), 10) → integer group: fingerprint bucket of the {s} out of 10 | which of 10 hash buckets the {s} falls into
  TO_BASE64(CAST(s AS BYTES)) → text: {s} in base 64 | base-64 encoding of the {s}
  TO_HEX(CAST(s AS BYTES)) → text: bytes of the {s} in hex | hexadecimal digits of the bytes of the {s}
  FROM_BASE64(TO_BASE64(CAST(s AS BYTES))) → bytes statement: {s} brought to base 64 and back | bytes of the {s} after a round trip through base 64
  FROM_HEX(TO_HEX(CAST(s AS BYTES))) → bytes statement: {s} brought to hex and back | bytes of the {s} after a round trip through hex
  SAFE_CONVERT_BYTES_TO_STRING(CAST(s AS BYTES)) → text statement: bytes of the {s} read as text again | {s} turned to bytes and safely back to text
  NET.HOST(CONCAT('https://', s)) → text statement: host in the address https:// followed by the {s} | {s} as the host of an https:// address
  NET.IP_TO_STRING(NET.IPV4_FROM_INT64(i)) → text statement: {i} as an IPv4 address | IPv4 address with the number {i}
  NET.IPV4_TO_INT64(NET.IP_FROM_STRING('10.0.0.1')) + i → integer statement: number of the address 10.0.0.1 plus the {i} | {i} added to the number of 10.0.0.1
  NET.IP_TO_STRING(NET.IP_TRUNC(NET.IPV4_FROM_INT64(i), 24)) → text group statement: network of the IPv4 address with the number {i} cut to 24 bits
      | 24-bit network of the {i} as an IPv4 address
  NET.IP_TO_STRING(NET.IP_NET_MASK(4, 24) & NET.IPV4_FROM_INT64(i)) → text statement: IPv4 address with the number {i} under the mask of 24 bits of 4 bytes
      | {i} as an IPv4 address masked to 24 bits of 4 bytes
  NET.SAFE_IP_FROM_STRING(s) IS NOT NULL → boolean predicate statement: {s} is an IP address | {s} can be read as an IP address
`);
