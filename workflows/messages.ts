/** What a person can say to a running workflow, and ask of it. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { PartControl, RunStatus } from '../core/contract.js';

export const status = defineQuery<RunStatus>('status');

/** Updates answer when they are done, or say why not. */
export const pause = defineUpdate<RunStatus>('pause');
export const resume = defineUpdate<RunStatus>('resume');
export const approve = defineUpdate<RunStatus>('approve');
export const setBudget = defineUpdate<RunStatus, [number | null]>('setBudget');

/** From a run to its parts. */
export const control = defineSignal<[PartControl]>('control');
