import type { ArtifactRef, ExpandTemplatesResult, Provenance } from '../core/contract.js';
import { sumReports } from '../core/stage-report.js';
import type { Template } from '../core/template.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import type { ExpandedRound } from './expand.js';
import type { StageRunner } from './stage.js';

export interface JoinWork {
  dialect: string;
  rounds: ExpandedRound[];
  provenance: Provenance;
}

export type TemplateActivities = ReturnType<typeof createTemplateActivities>;

export function createTemplateActivities({ store, stages }: { store: ArtifactStore; stages: StageRunner }) {
  return {
    /** The templates of all rounds as one artifact. */
    async joinTemplates({ dialect, rounds, provenance }: JoinWork): Promise<ExpandTemplatesResult> {
      const inputs = { rounds: rounds.map(({ templates }) => templates.sha256) };
      const done = await stages.once<{ templates: ArtifactRef }>(
        { stage: 'expand', version: 1, inputs, parameters: { dialect } },
        provenance,
        async () => {
          const rows = await Promise.all(rounds.map(({ templates }) => store.getRows<Template>(templates)));
          return { templates: await store.putRows(rows.flat()) };
        },
      );
      return { dialect, templates: done.result.templates, report: sumReports(rounds.map(({ report }) => report)) };
    },
  };
}
