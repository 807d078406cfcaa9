import type { ArmOutcome, ArtifactRef, ExperimentResult, Provenance } from '../core/contract.js';
import type { ItemOutcome } from '../core/evaluate/outcome.js';
import { describeArm } from '../core/experiment/arm-report.js';
import { breakDown, compareArms, type AnsweredCell } from '../core/experiment/compare.js';
import { questionKinds, reservedShare } from '../core/experiment/question-kinds.js';
import type { ExperimentReport, ExperimentRun } from '../core/experiment/report.js';
import type { ExperimentSpec } from '../core/experiment/spec.js';
import { InvalidInputError } from '../core/errors.js';
import { hidePasswords } from '../core/hide-passwords.js';
import { dialects } from '../dialects/registry.js';
import { mediaTypes, type ArtifactStore } from '../adapters/s3/artifact-store.js';
import { renderExperiment } from '../web/experiment/render-experiment.js';
import { pulse } from './heartbeat.js';
import type { StageRunner } from './stage.js';
import { thisMachine } from './this-machine.js';

export interface CompareWork {
  spec: ExperimentSpec;
  runs: ExperimentRun[];
  finished: ArmOutcome[];
  provenance: Provenance;
}

export type ExperimentActivities = ReturnType<typeof createExperimentActivities>;

interface ExperimentServices {
  store: ArtifactStore;
  stages: StageRunner;
  version: string;
}

export function createExperimentActivities({ store, stages, version }: ExperimentServices) {
  return {
    /** Compares the arms question by question, and writes what comes of it as one HTML page and as JSON. */
    async compareArms(work: CompareWork): Promise<ExperimentResult> {
      const { spec, runs, finished, provenance } = work;
      requireTwoArms(work);
      const done = await stages.once<{ html: ArtifactRef; json: ArtifactRef }>(
        {
          ...{ stage: 'experiment', version: 1, parameters: { run: provenance.run, spec, version, runs, finished } },
          inputs: { outcomes: finished.flatMap(({ answers }) => answers.flatMap(({ outcomes }) => outcomes!.sha256)) },
        },
        provenance,
        async () => {
          const report = await describe(work);
          const html = await store.putBytes(Buffer.from(renderExperiment(report)), mediaTypes.html);
          return { html, json: await store.putJson(report) };
        },
      );
      const { arms, accuracy, comparisons } = await store.getJson<ExperimentReport>(done.result.json);
      return { run: provenance.run, runs, arms, accuracy, comparisons, ...done.result };
    },
  };

  async function describe({ runs, finished, provenance, ...work }: CompareWork): Promise<ExperimentReport> {
    const spec = hidePasswords(work.spec);
    const { signal, beat } = pulse<number>();
    const reserved = reservedShare(spec);
    const cells: AnsweredCell[] = [];
    for (const { arm, seed, answers } of finished)
      for (const { dialect, split, outcomes } of answers) {
        signal.throwIfAborted();
        beat(cells.length);
        const items = await store.getRows<ItemOutcome>(outcomes!);
        const questions = items.map(({ id, correct, sql, hardness }) => ({
          ...{ id, correct, kinds: questionKinds({ sql, hardness }, dialects[dialect]!.manifest, reserved) },
        }));
        cells.push({ arm, seed, dialect, split, questions });
      }
    const names = Object.keys(spec.experiment.arms);
    const learned = [...new Set(finished.flatMap((run) => run.learned))];
    return {
      ...{ experiment: provenance.run, name: spec.name, question: spec.experiment.question, version },
      ...{ startedAt: provenance.startedAt, finishedAt: new Date().toISOString() },
      dialects: [...new Set(cells.map(({ dialect }) => dialect))].map((name) => {
        const { title, engine } = dialects[name]!.manifest;
        return { name, title, engine, trained: learned.includes(name) };
      }),
      arms: names.map((name) => describeArm(name, spec.experiment.arms[name]!, finished)),
      ...compareArms(cells, names, learned),
      breakdowns: breakDown(cells, names),
      ...{ runs, spec },
      reproduce: ['dialectic up', 'dialectic run experiment.yaml', `dialectic report ${provenance.run} --open`],
      machine: thisMachine(),
    };
  }
}

/** @throws InvalidInputError where there is nothing to compare, with the first reason why */
function requireTwoArms({ runs, finished }: CompareWork): void {
  if (new Set(finished.map(({ arm }) => arm)).size >= 2) return;
  const failed = runs.find(({ failure }) => failure !== null);
  throw new InvalidInputError(
    `Fewer than two arms were finished; ${failed?.run ?? 'a run'} failed: ${failed?.failure ?? 'no reason is known'}`,
    'Mend that and run the experiment again: what is finished is reused.',
  );
}
