/**
 * A body as text: by its byte order mark, or the charset of its content type, or of the `<meta>` tag of HTML, or UTF-8. An unknown charset is
 * read as UTF-8; what is no character in the charset becomes U+FFFD.
 */
export function decodeText(body: Buffer, contentType: string): string {
  const charset = markOf(body) ?? charsetIn(contentType) ?? metaOf(body, contentType) ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

/** A byte order mark says more than any header: https://encoding.spec.whatwg.org/#bom-sniff */
function markOf(body: Buffer): string | undefined {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  return body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : undefined;
}

function metaOf(body: Buffer, contentType: string): string | undefined {
  return /html/i.test(contentType) ? charsetIn(body.subarray(0, 1024).toString('latin1')) : undefined;
}

const charsetIn = (text: string): string | undefined => /charset=["']?([\w-]+)/i.exec(text)?.[1];
