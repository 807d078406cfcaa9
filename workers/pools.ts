import type { Pool } from '../core/contract.js';

export interface PoolSettings {
  /** Activities at a time in one worker. 0: the pool runs workflows alone. */
  activities: number;
  /** Whether its workers run workflow code. */
  workflows: boolean;
  /** How long a heartbeat may be held back; a trainer's checkpoint must not be lost with it. */
  maxHeartbeatThrottle: '10s' | '30s';
}

/** What a worker of each pool runs. One activity at a time on `gpu`: a training has the device for itself. */
export const poolSettings: Record<Pool, PoolSettings> = {
  control: { activities: 0, workflows: true, maxHeartbeatThrottle: '30s' },
  io: { activities: 8, workflows: false, maxHeartbeatThrottle: '30s' },
  llm: { activities: 4, workflows: false, maxHeartbeatThrottle: '30s' },
  sql: { activities: 2, workflows: false, maxHeartbeatThrottle: '30s' },
  gpu: { activities: 1, workflows: false, maxHeartbeatThrottle: '10s' },
  eval: { activities: 1, workflows: false, maxHeartbeatThrottle: '30s' },
};
