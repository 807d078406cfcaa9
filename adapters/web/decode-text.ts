/** A body as text, by the charset of its content type, or of its `<meta>` tag, or UTF-8. An unknown charset is read as UTF-8. */
export function decodeText(body: Buffer, contentType: string): string {
  const named = /charset=["']?([\w-]+)/i;
  const charset = named.exec(contentType)?.[1] ?? named.exec(body.subarray(0, 1024).toString('latin1'))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
