import type { DialectName } from '../../core/dialect.js';
import { DatabaseHost } from './database-host.js';

export interface DatabasePoolOptions {
  /** Child processes a dialect. Databases share them; statements on one child wait for each other. */
  maxChildren?: number;
}

/**
 * The child processes that a run's databases share, at most `maxChildren` a dialect. A database is given the child with
 * the fewest databases; `close` ends all children.
 *
 * @example
 * const pool = new DatabasePool({ maxChildren: 2 });
 * const session = await openDatabase({ name: 'retail', dialect: 'sqlite', url: 'sample:retail' }, { pool });
 */
export class DatabasePool {
  private readonly hosts = new Map<DialectName, DatabaseHost[]>();
  private readonly maxChildren: number;

  constructor({ maxChildren = 1 }: DatabasePoolOptions = {}) {
    this.maxChildren = maxChildren;
  }

  /** The child process that shall host the next database of a dialect. */
  hostFor(dialect: DialectName, memoryLimit: number): DatabaseHost {
    const hosts = this.hosts.get(dialect) ?? [];
    this.hosts.set(dialect, hosts);
    const idle = hosts.find((host) => host.sessions === 0);
    if (idle) return idle;
    if (hosts.length < this.maxChildren) {
      const host = new DatabaseHost(memoryLimit);
      hosts.push(host);
      return host;
    }
    return hosts.reduce((least, host) => (host.sessions < least.sessions ? host : least));
  }

  /** Process ids of the running children, for measurements. */
  pids(): number[] {
    return [...this.hosts.values()].flat().flatMap((host) => host.pid ?? []);
  }

  async close(): Promise<void> {
    for (const host of [...this.hosts.values()].flat()) host.stop();
    this.hosts.clear();
  }
}
