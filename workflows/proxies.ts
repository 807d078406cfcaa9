/** Every timeout and retry policy of every activity, in one place. A task queue is a pool's name. */
import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { RetryPolicy } from '@temporalio/common';
import type { TeacherSpec } from '../core/run-spec.js';
import type { CheckActivities } from '../activities/check.js';
import type { EvaluateActivities } from '../activities/evaluate.js';
import type { ExperimentActivities } from '../activities/experiment.js';
import type { ReportActivities } from '../activities/report.js';
import type { TemplateActivities } from '../activities/templates.js';
import type { ExpandActivities } from '../activities/expand.js';
import type { GivenPairsActivities } from '../activities/given-pairs.js';
import type { HumanActivities } from '../activities/human.js';
import type { MergeActivities } from '../activities/merge.js';
import type { PopulateActivities } from '../activities/populate.js';
import type { RunActivities } from '../activities/run.js';
import type { ScrapeActivities } from '../activities/scrape.js';
import type { SeedsActivities } from '../activities/seeds.js';
import type { AssembleActivities } from '../activities/assemble.js';
import type { TrainActivities } from '../activities/train.js';

/** What retrying cannot mend says so itself (non-retryable); the rest is tried again with a growing pause. */
const patient: RetryPolicy = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' };

export const io = proxyActivities<
  RunActivities &
    ScrapeActivities &
    SeedsActivities &
    TemplateActivities &
    GivenPairsActivities &
    AssembleActivities &
    HumanActivities
>({
  taskQueue: 'io',
  startToCloseTimeout: '15m',
  scheduleToCloseTimeout: '6h',
  heartbeatTimeout: '1m',
  retry: patient,
});

/** Refused at once or accepted: a wrong field is wrong for ever, an unreachable server is worth a few tries. */
export const validation = proxyActivities<RunActivities>({
  taskQueue: 'io',
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '10m',
  retry: { ...patient, maximumAttempts: 8 },
});

const teaching = { taskQueue: 'llm', heartbeatTimeout: '1m', retry: patient } as const;
const checking = { taskQueue: 'sql', heartbeatTimeout: '1m', retry: patient } as const;
/** A batch API answers within a day. The heartbeats say that somebody still looks after the batch. */
const byBatch = { startToCloseTimeout: '26h', scheduleToCloseTimeout: '4 days' } as const;

const llm = proxyActivities<ExpandActivities & PopulateActivities>({
  ...teaching,
  ...{ startToCloseTimeout: '2h', scheduleToCloseTimeout: '24h' },
});
const llmByBatch = proxyActivities<ExpandActivities & PopulateActivities>({ ...teaching, ...byBatch });
const sql = proxyActivities<CheckActivities>({
  ...checking,
  ...{ startToCloseTimeout: '1h', scheduleToCloseTimeout: '12h' },
});
const sqlByBatch = proxyActivities<CheckActivities>({ ...checking, ...byBatch });

/** Activities that ask a teacher, as patient as it needs. */
export const teaches = ({ batch }: Pick<TeacherSpec, 'batch'>) => (batch ? llmByBatch : llm);

/** Activities that check pairs, as patient as the models need that have a word in it. A run that began before teachers repaired names none. */
export const checks = (...models: (Pick<TeacherSpec, 'batch'> | undefined)[]) =>
  models.some((model) => model?.batch === true) ? sqlByBatch : sql;

/** No schedule-to-start: a training may wait for its GPU as long as it takes. A trainer silent for three minutes is wedged. */
export const gpu = proxyActivities<TrainActivities & MergeActivities>({
  taskQueue: 'gpu',
  startToCloseTimeout: '7 days',
  heartbeatTimeout: '3m',
  retry: { ...patient, maximumAttempts: 20 },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

export const evaluation = proxyActivities<EvaluateActivities & ReportActivities & ExperimentActivities>({
  taskQueue: 'eval',
  startToCloseTimeout: '12h',
  scheduleToCloseTimeout: '48h',
  heartbeatTimeout: '2m',
  retry: patient,
});
