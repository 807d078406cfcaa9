import type { Pool } from '../core/contract.js';
import { trainingSlots } from './training-slots.js';

export interface PoolSettings {
  /** Activities at a time in one worker. 0: the pool runs workflows alone. */
  activities: number;
  /** Whether its workers run workflow code. */
  workflows: boolean;
  /** How long a heartbeat may be held back. A cancellation comes as the answer to one, and a trainer must stop within seconds. */
  maxHeartbeatThrottle: '2s' | '30s';
}

/** What a worker of each pool runs. */
export const poolSettings: Record<Pool, PoolSettings> = {
  control: { activities: 0, workflows: true, maxHeartbeatThrottle: '30s' },
  io: { activities: 8, workflows: false, maxHeartbeatThrottle: '30s' },
  llm: { activities: 4, workflows: false, maxHeartbeatThrottle: '30s' },
  sql: { activities: 2, workflows: false, maxHeartbeatThrottle: '30s' },
  gpu: { activities: trainingSlots(), workflows: false, maxHeartbeatThrottle: '2s' },
  eval: { activities: 1, workflows: false, maxHeartbeatThrottle: '30s' },
};
