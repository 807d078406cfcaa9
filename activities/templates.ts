import type { ArtifactRef, ExpandTemplatesResult, Provenance } from '../core/contract.js';
import type { Template } from '../core/template.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import type { StageRunner } from './stage.js';
import { sumReports } from '../core/stage-report.js';
import type { StageReport } from '../core/contract.js';

export interface JoinWork {
  dialect: string;
  seeds: ArtifactRef;
  rounds: { templates: ArtifactRef; report: StageReport }[];
  provenance: Provenance;
}

export type TemplateActivities = ReturnType<typeof createTemplateActivities>;

export function createTemplateActivities({ store, stages }: { store: ArtifactStore; stages: StageRunner }) {
  return {
    /** Seeds and the templates of all rounds as one artifact. */
    async joinTemplates({ dialect, seeds, rounds, provenance }: JoinWork): Promise<ExpandTemplatesResult> {
      const parts = [seeds, ...rounds.map((round) => round.templates)];
      const done = await stages.once<{ templates: ArtifactRef }>(
        { stage: 'expand', version: 1, inputs: { parts: parts.map(({ sha256 }) => sha256) }, parameters: { dialect } },
        provenance,
        async () => {
          const rows = (await Promise.all(parts.map((part) => store.getRows<Template>(part)))).flat();
          return { templates: await store.putRows(rows) };
        },
      );
      const nothing: StageReport = {
        ...{ stage: 'expand', dialect, in: seeds.rows ?? 0, out: 0, seconds: 0, reused: done.reused, costUsd: 0 },
      };
      const report = sumReports(rounds.length > 0 ? rounds.map((round) => round.report) : [nothing]);
      return { dialect, templates: done.result.templates, report };
    },
  };
}
