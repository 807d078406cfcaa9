/** What the trainer says on stdout, one JSON object a line. Fields that are not named here pass through. */
export type TrainerEvent =
  | { event: 'progress'; step: number; [field: string]: unknown }
  | { event: 'evaluation'; step: number; [field: string]: unknown }
  | { event: 'checkpoint'; step: number; path: string; [field: string]: unknown }
  | { event: 'done'; result: Record<string, unknown> }
  | { event: 'error'; kind: string; message: string; remedy: string };

const kinds = new Set(['progress', 'evaluation', 'checkpoint', 'done', 'error']);

/** The event of a line, or null for whatever a library printed in between. */
export function parseEvent(line: string): TrainerEvent | null {
  if (!line.startsWith('{')) return null;
  try {
    const value = JSON.parse(line) as { event?: unknown };
    return typeof value.event === 'string' && kinds.has(value.event) ? (value as TrainerEvent) : null;
  } catch {
    return null;
  }
}
