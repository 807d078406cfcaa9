import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  getExternalWorkflowHandle,
  setCurrentDetails,
  setHandler,
  startChild,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import {
  defineSearchAttributeKey,
  SearchAttributeType,
  type Workflow,
  type WorkflowResultType,
} from '@temporalio/common';
import {
  partId,
  searchAttributes,
  type PartControl,
  type Provenance,
  type RunStatus,
  type Stage,
  type StageReport,
} from '../core/contract.js';
import { approve, control, pause, resume, setBudget, status } from './messages.js';
import { describeProgress } from './describe-progress.js';

const keys = {
  stage: defineSearchAttributeKey(searchAttributes.stage, SearchAttributeType.KEYWORD),
  dialect: defineSearchAttributeKey(searchAttributes.dialect, SearchAttributeType.KEYWORD),
  run: defineSearchAttributeKey(searchAttributes.run, SearchAttributeType.KEYWORD),
};

/** The run that a workflow belongs to: what it tells people, and what people tell it. */
export interface Run {
  readonly provenance: Provenance;
  /** The same with what the run was told so far, for a part that begins or goes on anew: a signal could come too late for its first call. */
  readonly carried: Provenance;
  readonly maxBudgetUsd: number | null;
  /** Says in one sentence what goes on, to the Temporal UI and to the `status` query, and waits while the run is paused. */
  now(stage: Stage, doing: string, dialect?: string): Promise<void>;
  /** Adds a finished stage's numbers. */
  done(report: StageReport): void;
  /** Waits until a person approves. */
  untilApproved(doing: string): Promise<void>;
  /** Does paid work; where the budget ends it, waits for a larger one and goes on. */
  paid<T>(work: (maxBudgetUsd: number | null) => Promise<T>): Promise<T>;
  /** Runs a part of this run as a child workflow that is paused and resumed with it. */
  part<W extends Workflow>(
    workflow: W,
    name: string,
    summary: string,
    args: Parameters<W>,
  ): Promise<WorkflowResultType<W>>;
  setBudget(maxBudgetUsd: number | null): void;
}

/** Whether the workflow may go on in this execution, or is to continue as a new one. */
export const historyIsShort = (): boolean => !workflowInfo().continueAsNewSuggested;

/** Joins the run that the input names; a workflow started alone is a run of its own. Installs the message handlers. */
export function joinRun(input: { provenance?: Provenance } | undefined): Run {
  const { workflowId, startTime } = workflowInfo();
  const { control: told, ...provenance }: Provenance = input?.provenance ?? {
    ...{ run: workflowId, startedAt: startTime.toISOString(), fresh: false },
  };
  const parts = new Set<string>();
  const reports: StageReport[] = [];
  const settings: PartControl = { paused: false, maxBudgetUsd: null, ...told };
  let state: RunStatus['state'] = 'running';
  let doing = 'Starting.';
  let approved = false;
  upsertSearchAttributes([{ key: keys.run, value: provenance.run }]);

  const current = (): RunStatus => ({
    run: provenance.run,
    state: settings.paused && state === 'running' ? 'paused' : state,
    doing,
    stages: reports,
    maxBudgetUsd: settings.maxBudgetUsd,
  });
  const show = (): void => setCurrentDetails(describeProgress(current()));
  const change = async (wanted: Partial<PartControl>): Promise<RunStatus> => {
    Object.assign(settings, wanted);
    show();
    const told = [...parts].map((id) =>
      getExternalWorkflowHandle(id)
        .signal(control, settings)
        .catch(() => undefined),
    );
    await Promise.all(told);
    return current();
  };
  const wait = async (during: RunStatus['state'], until: () => boolean): Promise<void> => {
    if (until()) return;
    state = during;
    show();
    await condition(until);
    state = 'running';
    show();
  };

  setHandler(status, current, { description: 'What the run is doing, and the numbers of its stages.' });
  setHandler(control, async (wanted) => void (await change(wanted)));
  setHandler(pause, () => change({ paused: true }), { description: 'Start no new work; what runs ends.' });
  setHandler(resume, () => change({ paused: false }), { description: 'Go on after a pause.' });
  setHandler(setBudget, (maxBudgetUsd) => change({ maxBudgetUsd }), {
    validator: requireBudget,
    description: 'US dollars that the run may cost in all; null for no limit.',
  });
  setHandler(
    approve,
    () => {
      approved = true;
      return current();
    },
    { validator: () => requireWaiting(state), description: 'Let training begin, where the run waits for it.' },
  );

  return {
    provenance,
    get carried() {
      return { ...provenance, control: { ...settings } };
    },
    get maxBudgetUsd() {
      return settings.maxBudgetUsd;
    },
    setBudget(maxBudgetUsd) {
      settings.maxBudgetUsd = maxBudgetUsd;
    },
    async now(stage, sentence, dialect) {
      doing = sentence;
      upsertSearchAttributes([
        { key: keys.stage, value: stage },
        ...(dialect ? [{ key: keys.dialect, value: dialect }] : []),
      ]);
      await wait('paused', () => !settings.paused);
      show();
    },
    done(report) {
      reports.push(report);
      show();
    },
    async untilApproved(sentence) {
      doing = sentence;
      await wait('awaiting-approval', () => approved);
    },
    async paid(work) {
      for (;;) {
        const budget = settings.maxBudgetUsd;
        try {
          return await work(budget);
        } catch (failure) {
          if (!isBudgetSpent(failure)) throw failure;
          doing = `The budget of $${budget ?? 0} is spent; \`dialectic budget\` raises it.`;
          await wait('awaiting-budget', () => raises(settings.maxBudgetUsd, budget));
        }
      }
    },
    async part(workflow, name, summary, args) {
      const id = partId(workflowId, name);
      const child = await startChild(workflow as Workflow, {
        workflowId: id,
        args: args.map((arg: object) => ({ ...arg, provenance: { ...provenance, control: { ...settings } } })),
        staticSummary: summary,
      });
      parts.add(id);
      if (settings.paused || settings.maxBudgetUsd !== null) await child.signal(control, settings);
      try {
        return (await child.result()) as WorkflowResultType<typeof workflow>;
      } finally {
        parts.delete(id);
      }
    },
  };
}

function requireBudget(maxBudgetUsd: number | null): void {
  if (maxBudgetUsd === null || (Number.isFinite(maxBudgetUsd) && maxBudgetUsd >= 0)) return;
  throw ApplicationFailure.nonRetryable(
    `A budget is a number of US dollars from 0 on, or null for no limit, not ${JSON.stringify(maxBudgetUsd)}.`,
    'InvalidInputError',
  );
}

function requireWaiting(state: RunStatus['state']): void {
  if (state === 'awaiting-approval') return;
  throw ApplicationFailure.nonRetryable('This run waits for no approval now.', 'RefusedError');
}

function isBudgetSpent(failure: unknown): boolean {
  const cause = failure instanceof ActivityFailure ? failure.cause : failure;
  return cause instanceof ApplicationFailure && cause.type === 'BudgetExhaustedError';
}

function raises(wanted: number | null, budget: number | null): boolean {
  return wanted !== budget && (wanted === null || wanted > (budget ?? 0));
}
