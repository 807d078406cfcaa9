import { join } from 'node:path';
import type { ArtifactRef, DatasetRef, MergeExpertsResult, ModelRef, Provenance } from '../core/contract.js';
import type { ReportMerge } from '../core/evaluate/report.js';
import { chooseGateTexts, mineGateKeywords } from '../core/gate-keywords.js';
import type { LearnPlan, MergePlan, PromptForm } from '../core/run-spec.js';
import type { Pair } from '../core/template.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { getFolder, putFolder } from '../adapters/s3/folder.js';
import { exportOnnx } from './export-onnx.js';
import { pulse, withRepeatedBeats } from './heartbeat.js';
import type { TrainServices } from './train.js';
import { readTrainingRows } from './training-rows.js';
import { inWorkFolder } from './work-folder.js';

export interface MergeWork {
  name: string;
  base: ModelRef;
  experts: ModelRef[];
  datasets: DatasetRef[];
  plan: MergePlan;
  learn?: LearnPlan | undefined;
  provenance: Provenance;
}

export type MergeActivities = ReturnType<typeof createMergeActivities>;
type Merged = Omit<MergeExpertsResult, 'stages'> & { report: MergeExpertsResult['stages'][number] };

interface MergeResult {
  parameters: number;
  folder: ArtifactRef;
  measured: ArtifactRef;
  figures: Record<string, number>;
}

type Merging = Pick<MergeWork, 'base' | 'experts' | 'datasets' | 'plan' | 'learn'>;

/** The rows that gates are made from: what is not learned is not read, but people's questions have no dialect's keywords. */
function gateRowsOf(learn: LearnPlan | undefined): LearnPlan | undefined {
  return learn && { ...learn, humanShare: undefined };
}

/** Methods that measure the experts against what they were fine-tuned from. */
const needBase = new Set(['task-arithmetic', 'ties', 'dare', 'dare-ties']);

export function createMergeActivities({ store, catalogue, stages, trainer, workFolder }: TrainServices) {
  return {
    /** Merges experts into one model: attention by SLERP, feed-forwards side by side, gates by keywords. */
    async merge({ name, base, experts, datasets, plan, learn, provenance }: MergeWork): Promise<Merged> {
      const { tuning: _, ...settings } = plan;
      const done = await stages.once<MergeResult>(
        {
          ...{ stage: 'merge', version: 2 },
          parameters: { ...settings, order: experts.map(({ dialect }) => dialect), learn: gateRowsOf(learn) },
          inputs: {
            ...{ base: base.folder.sha256, experts: experts.map(({ folder }) => folder.sha256) },
            datasets: datasets.map(({ splits }) => splits.train.sha256),
          },
        },
        provenance,
        () => inWorkFolder(workFolder, 'merge', (folder) => mergeIn(folder, { base, experts, datasets, plan, learn })),
      );
      const { parameters, folder, measured, figures } = done.result;
      const { promptForm } = experts[0]!;
      const kind = plan.method === 'mixture' ? 'mixture' : 'merged';
      const model: ModelRef = {
        id: `${name}-untuned-${done.key.slice(0, 8)}`,
        ...{ kind, dialect: null, parameters, promptForm, folder, measured },
      };
      await catalogue.add({ kind: 'model', run: provenance.run, createdAt: done.finishedAt, reference: model });
      const report: Merged['report'] = {
        ...{ stage: 'merge', part: name, in: experts.length, out: parameters, figures },
        ...{ seconds: done.seconds, reused: done.reused, costUsd: 0 },
      };
      return { model, report };
    },
  };

  async function mergeIn(folder: string, { base, experts, datasets, plan, learn }: Merging): Promise<MergeResult> {
    const beats = pulse<{ tensor: number }>();
    return withRepeatedBeats(beats, { tensor: 0 }, (alive) =>
      mergeWith(folder, { base, experts, datasets, plan, learn }, beats.signal, alive),
    );
  }

  async function mergeWith(
    folder: string,
    { base, experts, datasets, plan, learn }: Merging,
    signal: AbortSignal,
    alive: (cursor?: { tensor: number }) => void,
  ): Promise<MergeResult> {
    const fetch = async (model: ModelRef): Promise<string> => {
      const target = join(folder, model.id);
      await getFolder(store, model.folder, target, (path) => !path.startsWith('onnx/'));
      return target;
    };
    const gates =
      plan.method === 'mixture'
        ? await gateTexts(store, datasets, plan, experts[0]!.promptForm, gateRowsOf(learn))
        : { keywords: {}, texts: {} as Record<string, string[]>, warnings: [] };
    const models = [];
    for (const expert of experts) {
      const name = expert.dialect ?? expert.id;
      models.push({ path: await fetch(expert), name, keywords: gates.texts[name] ?? [] });
    }
    const { gateToken = 'mean', ...settings } = plan.settings;
    const result = await trainer.run({
      command: 'merge',
      spec: {
        ...{ method: plan.method, models, ...settings },
        ...(plan.method === 'mixture' && { gateToken }),
        ...(needBase.has(plan.method) && { base: await fetch(base) }),
      },
      ...{ out: join(folder, 'out'), work: folder, signal },
      onEvent: (event) => alive('step' in event ? { tensor: event.step } : undefined),
      onLog: () => alive(),
    });
    const merged = join(folder, 'out', 'model');
    await exportOnnx(trainer, { model: merged, work: folder, signal });
    const merge: ReportMerge = {
      ...{ method: plan.method, keywords: gates.keywords },
      slerpFallbackShare: result.slerpFallbackShare as number | null,
      gateConditionNumbers: result.gateConditionNumbers as number[] | null,
      warnings: [...gates.warnings, ...(result.warnings as string[])],
    };
    const { model: _path, out: _out, inputs: _inputs, ...rest } = result;
    const { slerpFallbackShare } = merge;
    return {
      parameters: Number(result.parameters),
      figures: { tensors: Number(result.tensors), ...(slerpFallbackShare !== null && { slerpFallbackShare }) },
      folder: await putFolder(store, merged),
      measured: await store.putJson({ ...rest, merge }),
    };
  }
}

/** What each expert's router rows are made from, with the keywords that were mined, and what a reader should know of it. */
async function gateTexts(
  store: ArtifactStore,
  datasets: DatasetRef[],
  { keywords: count, prompts }: MergePlan,
  form: PromptForm,
  learn: LearnPlan | undefined,
): Promise<{ keywords: Record<string, string[]>; texts: Record<string, string[]>; warnings: string[] }> {
  const statements: Record<string, string[][]> = {};
  for (const { dialect, splits } of datasets)
    statements[dialect] = (await store.getRows<Pair>(splits.train)).map((pair) => pair.keywords);
  const keywords = mineGateKeywords(statements, count);
  const texts: Record<string, string[]> = {};
  const warnings: string[] = [];
  for (const dataset of datasets) {
    const { dialect } = dataset;
    const { rows } = await readTrainingRows(store, dataset, { split: 'train', form, learn });
    const mine = keywords[dialect]!;
    const chosen = chooseGateTexts(mine, rows, prompts);
    texts[dialect] = chosen.texts;
    if (chosen.filled)
      warnings.push(
        `${dialect} has ${mine.length} keywords of its own, in too few rows: its router rows are made from any of its rows.`,
      );
  }
  return { keywords, texts, warnings };
}
