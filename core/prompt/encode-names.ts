import type { Output, Outputs, Source } from './encode-scope.js';
import { sentinel } from './sentinels.js';

/**
 * The aliases and output names of one statement, which become numbered sentinels. Which of them are needed is known only when all of the
 * statement has been read: what depends on that waits in `later`.
 */
export class NumberedNames {
  private readonly waiting: (() => void)[] = [];
  private sources = 0;
  private outputs = 0;

  later(step: () => void): void {
    this.waiting.push(step);
  }

  /** Does what has waited. */
  settle(): void {
    for (const step of this.waiting) step();
  }

  nextSource(): number {
    return this.sources++;
  }

  nextOutput(): number {
    return this.outputs++;
  }

  /** A new source that the item's alias names; its alias becomes a sentinel where it is to be kept. */
  source(
    item: { alias: string | null },
    { outputs, keepsAlias }: { outputs: Outputs | null; keepsAlias: boolean },
  ): Source {
    const id = this.nextSource();
    const label = item.alias?.toLowerCase() ?? null;
    const alias = label === null ? null : sentinel('q', id);
    if (keepsAlias) item.alias = alias;
    return { id, label, table: null, outputs, base: alias, aliased: false, origin: {} };
  }

  keepAliasIfNeeded(item: { alias: string | null }, source: Source): void {
    this.later(() => (item.alias = source.aliased ? sentinel('q', source.id) : null));
  }

  /** An output name that is kept where something refers to it. */
  namedOutput(write: (name: string | null) => void): Output & { kind: 'named' } {
    const id = this.nextOutput();
    let needed = false;
    this.later(() => write(needed ? sentinel('a', id) : null));
    return { kind: 'named', id, need: () => (needed = true) };
  }

  /** Output names given as a list; the list is rewritten in place and all of it stays. */
  namedColumns(columns: string[]): Outputs {
    const outputs = new Map<string, Output>();
    columns.forEach((name, at) => {
      const id = this.nextOutput();
      outputs.set(name.toLowerCase(), { kind: 'named', id, need: () => undefined });
      columns[at] = sentinel('a', id);
    });
    return (name) => outputs.get(name) ?? null;
  }
}
