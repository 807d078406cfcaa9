import type { DialectName } from '../../core/dialect.js';
import { DatabaseHost, type HostedSource } from './database-host.js';

export interface DatabasePoolOptions {
  /** Child processes a dialect; statements on one child wait for each other. */
  maxChildren?: number;
}

/**
 * The child processes that a run's databases share, at most `maxChildren` a dialect. A request goes to the child with the least to do,
 * which opens the database first where it has not: two activities on one database keep two cores busy. `close` ends all children.
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

  /** The child process for the next request about a database: an idle one that has it open, or the least busy. */
  hostFor(database: HostedSource, memoryLimit: number): DatabaseHost {
    const hosts = this.hosts.get(database.dialect) ?? [];
    this.hosts.set(database.dialect, hosts);
    const idle = hosts.filter((host) => host.waiting === 0);
    if (idle.length === 0 && hosts.length < this.maxChildren) {
      const host = new DatabaseHost(memoryLimit);
      hosts.push(host);
      return host;
    }
    return (
      idle.find((host) => host.holds(database)) ??
      hosts.reduce((least, host) => (host.waiting < least.waiting ? host : least))
    );
  }

  /** Closes a database wherever it is open. */
  async release(database: HostedSource): Promise<void> {
    const hosts = this.hosts.get(database.dialect) ?? [];
    await Promise.all(hosts.map((host) => host.release(database)));
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
