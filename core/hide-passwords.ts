/** The password of an address: `postgres://reader:secret@host/shop`. */
const password = /\b([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s@/]+@/gi;

/** The same value with the passwords of the addresses in it replaced, for what is shown and passed on to others. */
export function hidePasswords<T>(value: T): T {
  if (typeof value === 'string') return value.replace(password, '$1:…@') as T;
  if (Array.isArray(value)) return value.map(hidePasswords) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hidePasswords(item)])) as T;
}
