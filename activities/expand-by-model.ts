import { executionRejection } from '../core/checks/pipeline.js';
import type { DatabaseSession } from '../core/database.js';
import { abstractStatement } from '../core/expand/abstract.js';
import { uses } from '../core/expand/coverage.js';
import { guard } from '../core/sql/guard.js';
import { finishTemplate } from '../core/templates/draft.js';
import { commonPhrases } from '../core/verbalise/common-phrases.js';
import { compileLexicon } from '../core/verbalise/phrase.js';
import { dialects } from '../dialects/registry.js';
import { statementsPerReply } from '../adapters/llm/estimate.js';
import type { ModelClient } from '../adapters/llm/model-client.js';
import { chooseExpandJobs } from '../adapters/llm/choose-jobs.js';
import { askForStatements } from '../adapters/llm/teacher.js';
import { exampleDatabase } from './example-database.js';
import type { Expansion } from './expand.js';
import type { ExpandInput } from './expand-offline.js';

/** A statement may be slow on a worker that is busy, but not on these few rows. */
const timeoutMs = 5_000;

/**
 * A model as teacher: it rewrites seeds as a guide teaches, the guides that taught least and the words not used so far first.
 * Its statements have to run before a question is paid for.
 * @param examples the example database, open
 */
export async function expandByModel(
  client: ModelClient,
  input: ExpandInput,
  examples: Pick<DatabaseSession, 'execute'>,
): Promise<Expansion> {
  const { dialect, seeds, guides, known, wanted, seed } = input;
  const { manifest, phrases } = dialects[dialect]!;
  const schema = exampleDatabase(dialect);
  const lexicon = compileLexicon(manifest, phrases, commonPhrases);
  const questions = Math.ceil(wanted / statementsPerReply);
  const jobs = chooseExpandJobs({ manifest, schema, seeds, guides, known, seed }, questions);
  const answers = await askForStatements(client, { manifest, schema, jobs, seed });

  const expansion: Expansion = { templates: known.length === 0 ? [...seeds] : [], rejects: {} };
  const skeletons = new Set([...known, ...seeds].map((template) => template.skeleton));
  const reject = (reason: string): void => {
    expansion.rejects[reason] = (expansion.rejects[reason] ?? 0) + 1;
  };
  for (const answer of answers) {
    if ('invalid' in answer) {
      reject('invalid-reply');
      continue;
    }
    for (const sql of answer.statements) {
      const guarded = guard(sql, manifest);
      if (guarded.outcome === 'refused') {
        reject(guarded.reason);
        continue;
      }
      const abstraction = abstractStatement(guarded.query, schema, lexicon);
      if (abstraction.outcome === 'rejected') {
        reject(abstraction.reason);
        continue;
      }
      const template = finishTemplate(abstraction.draft, manifest, {
        ...{ origin: 'expanded', guide: answer.job.guide.id, count: 1, teacher: client.model },
      });
      if (skeletons.has(template.skeleton)) {
        reject('same-skeleton');
        continue;
      }
      if (!uses(template, answer.job.guide)) {
        reject('not-taught');
        continue;
      }
      const outcome = await examples.execute(sql, { timeoutMs });
      if (outcome.kind !== 'rows') {
        reject(executionRejection(outcome).reason);
        continue;
      }
      skeletons.add(template.skeleton);
      expansion.templates.push(template);
    }
  }
  return expansion;
}
