import type { DeepPartial } from '../../../core/contract.js';
import type { RunReport } from '../../../core/evaluate/report.js';
import type { DatabaseEntry, RunSpec, TeacherSpec, TrainRecipe } from '../../../core/run-spec.js';
import { whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';

/** What was run and from which data, by the run's spec; left out of reports that have none. */
export function setup({ spec, dialects, datasets }: RunReport): Markup | null {
  const { databases, guides, seeds, teacher, judge, expand, populate, base, expert, merge, seed } = (spec ??
    {}) as DeepPartial<RunSpec>;
  if (!databases && !teacher && !base) return null;
  const facts: [string, Markup | string | null][] = [
    ['Dialects', dialects.map(({ title, engine }) => `${title} on ${engine}`).join('; ')],
    ['Databases, known', namesOf(databases?.known)],
    ['Databases, unseen', namesOf(databases?.unseen)],
    ['Guides', guidesOf(guides)],
    ['Templates', templatesOf(seeds?.limit, expand?.target)],
    ['Pairs', pairsOf(populate?.pairs, datasets)],
    ['Teacher', teacherOf(teacher)],
    ['Judge', teacherOf(judge)],
    ['Base', [base?.base, recipeOf(base)].filter(Boolean).join(', ')],
    ['Experts', recipeOf(expert)],
    ['Merge', merge?.method ? `${merge.method}${merge.tuning ? `, tuned: ${recipeOf(merge.tuning)}` : ''}` : null],
    ['Seed', seed === undefined ? null : String(seed)],
  ];
  return html`<section id="setup">
    <h2>What was run</h2>
    <div class="card">
      <dl>
        ${facts.map(
          ([name, said]) =>
            said &&
            html`<dt>${name}</dt>
              <dd>${said}</dd>`,
        )}
      </dl>
    </div>
  </section>`;
}

function namesOf(entries: readonly DeepPartial<DatabaseEntry>[] | undefined): string | null {
  if (!entries || entries.length === 0) return null;
  // An address may hold a password; a sample's says no more than its name.
  const kind = entries.every(({ url }) => url?.startsWith('sample:')) ? ' (samples)' : '';
  return `${entries.map(({ name }) => name ?? '?').join(', ')}${kind}`;
}

function guidesOf(guides: DeepPartial<RunSpec['guides']> | undefined): string | null {
  if (!guides) return null;
  const sources = Object.entries(guides.sources ?? {}).flatMap(([dialect, list]) =>
    (list ?? []).map(({ url }) => `${url} (${dialect})`),
  );
  return sources.length === 0 ? 'the built-in ones' : sources.join(', ');
}

function templatesOf(seeds: number | undefined, target: number | undefined): string | null {
  const parts = [
    seeds === undefined ? null : `${whole(seeds)} of Spider's as seeds`,
    target === undefined ? null : `${whole(target)} wanted a dialect`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

function pairsOf(wanted: number | undefined, datasets: RunReport['datasets']): string | null {
  const made = datasets.map(({ dialect, pairs }) => `${whole(pairs)} in ${dialect}`).join(', ');
  if (wanted === undefined) return made || null;
  return `${whole(wanted)} asked for of expanded templates a dialect${made && `; accepted: ${made}`}`;
}

function teacherOf(teacher: DeepPartial<TeacherSpec> | undefined): string | null {
  if (!teacher?.kind) return null;
  return teacher.kind === 'offline'
    ? 'offline: the grammar, no model'
    : `${teacher.model ?? 'a model'} (${teacher.kind})`;
}

/** A recipe's fields; what it starts from is said of the base alone, since experts and tunings go on from a model. */
function recipeOf(recipe: DeepPartial<TrainRecipe> | null | undefined): string | null {
  if (!recipe) return null;
  const shown = Object.entries({ ...(recipe.architecture ?? {}), ...(recipe.recipe ?? {}) });
  return shown
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
}
