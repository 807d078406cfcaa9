/** An object whose fields nobody has looked at yet. */
export type Fields = Record<string, unknown>;

/** Whether a value has fields by name: neither a list nor null. */
export const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
