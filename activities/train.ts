import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CancelledFailure } from '@temporalio/common';
import type { ModelKind, ModelRef, Provenance, StageReport, TrainExpertResult } from '../core/contract.js';
import { InvalidInputError } from '../core/errors.js';
import type { ReportMerge } from '../core/evaluate/report.js';
import type { PromptForm } from '../core/run-spec.js';
import { trainerSpec, type TrainingFiles } from '../core/trainer-spec.js';
import type { WorkflowInputs } from '../schema/workflow-inputs.js';
import type { Catalogue } from '../adapters/postgres/catalogue.js';
import type { Database } from '../adapters/postgres/database.js';
import { deleteCheckpoint, findCheckpoint, saveCheckpoint } from '../adapters/postgres/queries/checkpoints.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { getFolder, putFolder } from '../adapters/s3/folder.js';
import type { TrainerEvent } from '../adapters/trainer/events.js';
import type { Trainer } from '../adapters/trainer/process.js';
import { exportOnnx } from './export-onnx.js';
import { pulse, withRepeatedBeats, type Pulse } from './heartbeat.js';
import { createCheckpointKeeper } from './keep-checkpoints.js';
import type { StageRunner } from './stage.js';
import { readTrainingRows, type TrainingRow, type WantedRows } from './training-rows.js';
import { inWorkFolder } from './work-folder.js';

export type TrainWork = Omit<WorkflowInputs['trainExpert'], 'provenance'> & { provenance: Provenance };
export type TrainActivities = ReturnType<typeof createTrainActivities>;

export interface TrainServices {
  store: ArtifactStore;
  db: Database;
  catalogue: Catalogue;
  stages: StageRunner;
  trainer: Trainer;
  /** Folder for files while they are worked on. */
  workFolder: string;
}

type StepEvent = Extract<TrainerEvent, { step: number }>;

/** What a heartbeat tells: the step, and of the trainer's last event loss, learning rate, tokens a second and memory. */
interface TrainCursor {
  step: number;
  [figure: string]: unknown;
}

interface Trained {
  parameters: number;
  folder: ModelRef['folder'];
  measured: ModelRef['measured'];
  rows: number;
  figures: Record<string, number>;
}

export function createTrainActivities({ store, db, catalogue, stages, trainer, workFolder }: TrainServices) {
  return {
    /** Trains a model, or goes on from the last checkpoint of an attempt that did not end. Heartbeats with the step. */
    async train(work: TrainWork): Promise<TrainExpertResult> {
      const { name, kind, dialect, datasets, rows, from, recipe, learn, human, provenance } = work;
      const promptForm = promptFormOf(work);
      const done = await stages.once<Trained>(
        {
          ...{ stage: 'train', version: 1, parameters: { rows, recipe, promptForm, learn } },
          inputs: {
            datasets: datasets.flatMap(({ splits }) =>
              [splits[rows], splits.validation, splits.train].map((ref) => ref.sha256),
            ),
            ...(from && { from: from.folder.sha256 }),
            ...(learn?.humanShare && human && { human: human.splits.train.sha256 }),
          },
        },
        provenance,
        (key) => inWorkFolder(workFolder, 'train', (folder) => trainIn(folder, key, work)),
      );
      const { parameters, folder, measured, figures } = done.result;
      const model: ModelRef = {
        ...{ id: modelId(name, kind, done.key), kind, dialect, parameters, promptForm, folder, measured },
      };
      await catalogue.add({ kind: 'model', run: provenance.run, createdAt: done.finishedAt, reference: model });
      const report: StageReport = {
        ...{ stage: 'train', part: name, ...(dialect && { dialect }) },
        ...{ in: done.result.rows, out: parameters, seconds: done.seconds, reused: done.reused, costUsd: 0, figures },
      };
      return { model, report };
    },
  };

  async function trainIn(folder: string, key: string, work: TrainWork): Promise<Trained> {
    const beats = pulse<TrainCursor>();
    return withRepeatedBeats(beats, beats.cursor ?? { step: 0 }, (alive) => trainWith(folder, key, work, beats, alive));
  }

  async function trainWith(
    folder: string,
    key: string,
    work: TrainWork,
    beats: Pulse<TrainCursor>,
    alive: (cursor?: TrainCursor) => void,
  ): Promise<Trained> {
    const files = await prepareFiles(folder, work);
    const checkpoint = await findCheckpoint(db, key);
    const resume = join(folder, 'resume');
    if (checkpoint) await getFolder(store, checkpoint.folder, resume);
    const out = join(folder, 'out');
    const checkpoints = createCheckpointKeeper(async ({ step, path }) =>
      saveCheckpoint(db, key, { step, folder: await putFolder(store, path) }),
    );
    try {
      const result = await trainer.run({
        ...{ command: 'train', spec: specOf(work, files), out, work: folder, signal: beats.signal },
        // Experts are trained side by side; a base or a mixture is waited for by all.
        ...(work.kind === 'expert' && { threads: 1 }),
        // One of this worker's GPUs for itself, or as many as it has processes.
        gpus: work.recipe.recipe.device === 'cpu' ? 0 : Number(work.recipe.recipe.processes ?? 1),
        ...(checkpoint && { resume }),
        onLog: () => alive(),
        onEvent: (event) => {
          if (event.event === 'checkpoint') checkpoints.seen(event);
          alive('step' in event ? cursorOf(event) : undefined);
        },
      });
      await checkpoints.settled();
      alive();
      const model = join(out, 'model');
      await exportOnnx(trainer, { model, work: folder, signal: beats.signal });
      alive();
      const stored = await putFolder(store, model);
      // A tuned mixture is still the merge it was made by.
      const merge = work.from && (await store.getJson<{ merge?: ReportMerge }>(work.from.measured)).merge;
      const measured = await store.putJson({
        ...{ ...result, model: undefined, unlinked: files.unlinked },
        ...(merge && { merge }),
      });
      await deleteCheckpoint(db, key);
      return {
        ...{ parameters: Number(result.parameters), folder: stored, measured, rows: files.rows },
        figures: figuresOf({ ...result, unlinked: files.unlinked, resumedFromStep: checkpoint?.step ?? 0 }),
      };
    } catch (error) {
      await checkpoints.settled();
      throw endOf(error, beats);
    }
  }

  async function prepareFiles(folder: string, work: TrainWork) {
    const { datasets, rows, from, learn, human } = work;
    const form = promptFormOf(work);
    const rowsOf = (split: WantedRows['split']) =>
      Promise.all(datasets.map((dataset) => readTrainingRows(store, dataset, { split, form, learn, human })));
    const read = await rowsOf(rows);
    const checks = await rowsOf('validation');
    const train = join(folder, 'train.jsonl');
    const validation = join(folder, 'validation.jsonl');
    const base = join(folder, 'base');
    const learned = read.flatMap((part) => part.rows);
    const checked = checks.flatMap((part) => part.rows);
    if (learned.length === 0)
      throw new InvalidInputError(
        `The datasets ${datasets.map(({ id }) => id).join(', ')} hold no pair that can be learned.`,
        'Raise populate.pairs or populate.seedPairs, or name databases with more tables.',
      );
    await writeRows(train, learned);
    await writeRows(validation, checked);
    // The tokenizer of a new base must have words for what the experts will learn, too.
    const vocabulary = from || rows === 'train' ? null : join(folder, 'vocabulary.jsonl');
    if (vocabulary) {
      const all = await rowsOf('train');
      await writeRows(vocabulary, [...learned, ...all.flatMap((part) => part.rows)]);
    }
    if (from) await getFolder(store, from.folder, base, (path) => !path.endsWith('.onnx'));
    return {
      ...{ train, rows: learned.length, unlinked: read.reduce((sum, part) => sum + part.unlinked, 0) },
      ...(checked.length > 0 && { validation }),
      ...(from && { base }),
      ...(vocabulary && { vocabulary }),
    };
  }
}

/** A model that is gone on from keeps its form; one from scratch knows only index tokens. */
function promptFormOf({ from, recipe }: TrainWork): PromptForm {
  return from?.promptForm ?? recipe.promptForm ?? (recipe.base === 'scratch' ? 'linked' : 'plain');
}

/** The trainer's spec; a base that a recipe names is a path on this worker's machine. */
function specOf({ recipe, datasets, kind }: TrainWork, files: TrainingFiles): Record<string, unknown> {
  const base = files.base ?? (recipe.base === 'scratch' ? undefined : resolve(recipe.base));
  const experts = kind === 'mixture' ? datasets.map(({ dialect }) => dialect) : [];
  return trainerSpec(recipe, { ...files, ...(base && { base }) }, experts);
}

/** An event without the names of its kind and stage. */
function cursorOf({ event: _event, stage: _stage, path: _path, ...said }: StepEvent): TrainCursor {
  return said;
}

/** A cancelled training ends as cancelled; one that a worker's shutdown stopped is tried again, on another worker. */
function endOf(error: unknown, { signal, shuttingDown }: Pulse<unknown>): unknown {
  return signal.aborted && !shuttingDown ? new CancelledFailure('The training was cancelled.') : error;
}

function modelId(name: string, kind: ModelKind, key: string): string {
  return `${name}${name.endsWith(kind) ? '' : `-${kind}`}-${key.slice(0, 8)}`;
}

function figuresOf(result: Record<string, unknown>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(result).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

function writeRows(path: string, rows: TrainingRow[]): Promise<void> {
  return writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
