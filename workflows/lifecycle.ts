import { workflowInfo } from '@temporalio/workflow';
import {
  reaches,
  type LifecycleInput,
  type LifecycleResult,
  type Provenance,
  type TrainExpertInput,
  type TrainExpertResult,
} from '../core/contract.js';
import type { RunSpec } from '../core/run-spec.js';
import { buildCorpus } from './corpus.js';
import { evaluateModels } from './evaluate.js';
import { mergeExperts } from './merge.js';
import { io, validation } from './proxies.js';
import { recordRun } from './record-run.js';
import { joinRun, type Run } from './run.js';
import { trainExpert } from './train.js';

/** From guides and databases to experts, their mixture and a report. */
export async function lifecycle(input: LifecycleInput): Promise<LifecycleResult> {
  const { workflowId, startTime } = workflowInfo();
  const { provenance: above, fresh = false } = input;
  // Runs of one experiment share what any of them did since it began, also when all is to be done anew.
  const startedAt = above && fresh ? above.startedAt : startTime.toISOString();
  // They also spend from one budget.
  const provenance: Provenance = {
    run: workflowId,
    startedAt,
    fresh,
    ...(above && { payer: above.payer ?? above.run }),
  };
  const run = joinRun({ provenance: { ...provenance, ...(above?.control && { control: above.control }) } });
  return recordRun(workflowId, () => runStages(input, run, provenance));
}

async function runStages(input: LifecycleInput, run: Run, provenance: Provenance): Promise<LifecycleResult> {
  const { spec, only } = await validation.beginRun({ run: provenance.run, input });
  const until = only ?? 'evaluate';
  const { name, base: baseRecipe, expert: recipe, merge: plan, databases, learn } = spec;
  // A part of an experiment has been told the experiment's.
  if (provenance.payer === undefined) run.setBudget(spec.maxBudgetUsd);

  const asked = [...spec.dialects, ...(spec.evaluate.alsoDialects ?? [])];
  await run.now('scrape', `Building the datasets of ${asked.join(', ')}.`);
  const corpora = await Promise.all(
    asked.map((dialect) =>
      run.part(buildCorpus, `corpus/${dialect}`, `Dataset of ${dialect}`, [
        { dialect, spec: guarded(spec), until, provenance },
      ]),
    ),
  );
  const stages = corpora.flatMap((corpus) => corpus.stages);
  stages.forEach(run.done);
  const made = corpora.flatMap(({ dataset }) => dataset ?? []);
  const learned = made.filter(({ dialect }) => spec.dialects.includes(dialect));
  const human = spec.human && reaches(until, 'check') ? await readHuman(spec, run) : null;
  if (human) stages.push(human.report);
  const datasets = human ? [...made, human.dataset] : made;
  const result: LifecycleResult = {
    ...{ run: provenance.run, stages, datasets, models: [], evaluations: [], html: null, json: null },
  };
  if (!reaches(until, 'train')) return result;
  if (spec.approve) await run.untilApproved(`${datasets.length} datasets wait for approval before training.`);

  const rows = { ...(learn && { learn }), ...(human && { human: human.dataset }) };
  const train = async (part: string, summary: string, of: TrainExpertInput): Promise<TrainExpertResult> => {
    const trained = await run.part(trainExpert, `train/${part}`, summary, [{ ...of, ...rows, provenance }]);
    run.done(trained.report);
    return trained;
  };

  await run.now('train', 'Training the base on seed pairs of every dialect.');
  const grounded = await train('base', 'Base from seed pairs', {
    ...{ name: `${name}-base`, kind: 'base', datasets: learned, rows: 'seeds', recipe: baseRecipe },
  });
  const base = grounded.model;
  await run.now('train', 'Training an expert for each dialect.');
  const trained = await Promise.all(
    learned.map((dataset) =>
      train(dataset.dialect, `Expert of ${dataset.dialect}`, {
        ...{ name: `${name}-${dataset.dialect}`, kind: 'expert', dialect: dataset.dialect },
        ...{ datasets: [dataset], rows: 'train', from: base, recipe },
      }),
    ),
  );
  const experts = trained.map(({ model }) => model);
  // In the order of the run spec, whichever was finished first.
  stages.push(grounded.report, ...trained.map(({ report }) => report));
  result.models.push(base, ...experts);
  if (!reaches(until, 'merge')) return result;

  if (plan.method !== 'none') {
    await run.now('merge', 'Merging the experts.');
    const merged = await run.part(mergeExperts, 'merge', 'Mixture of the experts', [
      { name: `${name}-${plan.method}`, base, experts, datasets: learned, plan, expert: recipe, ...rows, provenance },
    ]);
    stages.push(...merged.stages);
    // A single expert that is not tuned is there already.
    if (experts.every(({ id }) => id !== merged.model.id)) result.models.push(merged.model);
  }
  if (!reaches(until, 'evaluate')) return result;

  await run.now('evaluate', 'Evaluating every model on every dialect.');
  const evaluated = await run.part(evaluateModels, 'evaluate', 'Models by dialects', [
    { name, models: result.models, datasets, databases, plan: spec.evaluate, stages, spec, provenance },
  ]);
  stages.push(evaluated.report);
  const { evaluations, html, json } = evaluated;
  return { ...result, evaluations, html, json };
}

/** No pair may give away what people's questions test. */
function guarded(spec: RunSpec): RunSpec {
  const questions = spec.human?.test?.questions;
  if (questions === undefined) return spec;
  return { ...spec, check: { ...spec.check, evaluationSets: [...spec.check.evaluationSets, questions] } };
}

async function readHuman({ name, human }: RunSpec, run: Run) {
  await run.now('check', 'Reading the questions of people.');
  const read = await io.readHumanQuestions({ name, plan: human!, provenance: run.provenance });
  run.done(read.report);
  return read;
}
