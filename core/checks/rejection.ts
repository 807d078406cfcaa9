import type { VerdictReason } from '../template.js';

/** Why a check rejects a pair: a reason code and what it saw. A check that has nothing against a pair gives null. */
export interface Rejection {
  reason: VerdictReason;
  evidence: string;
}

export function reject(reason: VerdictReason, evidence: string): Rejection {
  return { reason, evidence };
}
