import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { CallLedger, PaidCall } from '../../adapters/llm/ledger.js';

/** A ledger in a file of JSON lines: what was answered once is not asked again, by whatever run. */
export function openFileLedger(file: string): CallLedger {
  const calls = new Map<string, PaidCall>();
  if (existsSync(file))
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const call = JSON.parse(line) as PaidCall;
      calls.set(call.key, call);
    }
  return {
    find: async (key) => calls.get(key) ?? null,
    async save(call) {
      calls.set(call.key, call);
      appendFileSync(file, `${JSON.stringify(call)}\n`);
    },
    async spent() {
      const priced = [...calls.values()].filter(({ costUsd }) => costUsd !== null);
      return { calls: priced.length, usd: priced.reduce((sum, { costUsd }) => sum + costUsd!, 0) };
    },
  };
}
