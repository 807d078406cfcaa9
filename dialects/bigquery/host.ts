import { setFlagsFromString } from 'node:v8';
import type { EngineHost } from '../engine.js';
import { openCloud } from './cloud/host.js';
import type { CloudSource, LocalSource } from './engine.js';
import { executeStatement } from './execute.js';
import { listFunctions } from './functions.js';
import { registerCatalog, unregisterCatalog } from './googlesql/catalog.js';
import { GoogleSqlService } from './googlesql/service.js';
import { introspect } from './introspect.js';

/** One GoogleSQL instance, in which every database is a catalogue. */
export function createBigQueryHost(): EngineHost {
  keepBaselineCode();
  let service: GoogleSqlService | undefined;
  return {
    async open(name, source) {
      const from = source as unknown as LocalSource | CloudSource;
      if ('address' in from) {
        const { googlesqlDir } = from;
        return openCloud(name, from, () =>
          googlesqlDir === null ? [] : listFunctions((service ??= new GoogleSqlService(googlesqlDir))),
        );
      }
      const { googlesqlDir, data } = from;
      const googlesql = (service ??= new GoogleSqlService(googlesqlDir));
      const register = () => ({ id: registerCatalog(googlesql, data), generation: googlesql.generation });
      let registered = register();
      /** Registers again what a restart has lost. */
      const catalog = (): string => {
        if (registered.generation !== googlesql.generation) registered = register();
        return registered.id;
      };
      const tables = data.tables.map((table) => table.name);
      return {
        execute: async (sql, limits) =>
          executeStatement({ service: googlesql, catalog: catalog(), tables }, sql, limits),
        introspect: async () => introspect(name, data),
        functions: async () => listFunctions(googlesql),
        close: async () => unregisterCatalog(googlesql, catalog()),
      };
    },
  };
}

/**
 * Leaves the WebAssembly as the baseline compiler made it. It was built without optimisation, so that its code mostly waits for memory:
 * what V8's optimising compiler makes of it is no faster, and costs five seconds of a core.
 */
function keepBaselineCode(): void {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}
