/** What makes two executions of a stage the same: then the finished one's result is reused. */
export interface StageIdentity {
  stage: string;
  /** Raised when the stage's code would give another result from the same inputs. */
  version: number;
  /** Hashes of the artifacts that go in, by role. */
  inputs: Record<string, string | string[]>;
  /** Everything else that the result depends on, as plain JSON. */
  parameters: Record<string, unknown>;
}

/**
 * The text whose sha256 is the stage key: canonical JSON, so that neither the order of fields nor an absent field
 * written as `undefined` makes another key.
 */
export function stageKeyText({ stage, version, inputs, parameters }: StageIdentity): string {
  return canonicalJson({ stage, version, inputs, parameters });
}

/** JSON with sorted fields and no white space (RFC 8785 for the values that occur here). @throws TypeError for what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON form.`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
  }
  throw new TypeError(`A ${typeof value} has no JSON form.`);
}
