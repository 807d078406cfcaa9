/** The playground in the reader's browser: what happens on the page, and in which order. */
import type { Answered } from '../../../core/answer.js';
import type {
  AskRequest,
  FeedbackRequest,
  PlaygroundDatabase,
  PlaygroundModel,
  Problem,
  Ran,
  RunRequest,
  SchemaView,
} from '../api.js';
import { createAnswerView, describeOutcome } from './answer-view.js';
import { element, part } from './element.js';
import { createFeedbackButtons, type Judgeable } from './feedback-buttons.js';
import { createHistory, type HistoryEntry } from './history.js';
import { createKeyDialog } from './key-dialog.js';
import { showLinkedQuestion } from './linked-question.js';
import { createSchemaBrowser } from './schema-browser.js';
import { createServer, forgetKey, ServerProblem } from './server.js';
import { installShortcuts } from './shortcuts.js';
import { createSqlEditor } from './sql-editor.js';
import { showRouting } from './token-routing.js';

const server = createServer(createKeyDialog());
const question = part('question', HTMLTextAreaElement);
const models = part('model', HTMLSelectElement);
const databases = part('database', HTMLSelectElement);
const samples = part('samples', HTMLSelectElement);
const [askButton, runButton, stopButton] = ['ask', 'run', 'stop'].map((id) => part(id, HTMLButtonElement)) as [
  HTMLButtonElement,
  HTMLButtonElement,
  HTMLButtonElement,
];

let judged: Judgeable | null = null;
/** What is under way: one thing at a time. */
let working: AbortController | null = null;

const answer = createAnswerView();
const editor = createSqlEditor(part('sql', HTMLElement), {
  onRun: () => void run(),
  onEscape: stop,
  onChange: () => feedback.refresh(),
  nonce: document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '',
});
const schema = createSchemaBrowser((name) => {
  editor.insert(name);
  editor.focus();
});
const history = createHistory(restore);
const feedback = createFeedbackButtons(
  () => judged,
  () => editor.text(),
  sendFeedback,
);

/** Does one piece of work, which Stop or a newer one ends; what goes wrong is shown. */
async function work(doing: string, body: (signal: AbortSignal) => Promise<void>): Promise<void> {
  working?.abort();
  const mine = (working = new AbortController());
  busy(true);
  answer.showProblem(null);
  answer.say(doing);
  try {
    await body(mine.signal);
  } catch (error) {
    if (mine.signal.aborted) {
      if (working === mine) answer.say('Stopped.');
    } else {
      answer.say('');
      answer.showProblem(problemOf(error));
    }
  } finally {
    if (working === mine) {
      working = null;
      busy(false);
    }
  }
}

/** @returns whether there was anything to stop */
function stop(): boolean {
  working?.abort();
  return working !== null;
}

function busy(isBusy: boolean): void {
  // Not disabled: the focus would be lost with it.
  for (const button of [askButton, runButton]) button.setAttribute('aria-disabled', String(isBusy));
  stopButton.hidden = !isBusy;
  part('answer', HTMLElement).setAttribute('aria-busy', String(isBusy));
}

const problemOf = (error: unknown): Problem =>
  error instanceof ServerProblem
    ? error.problem
    : { what: `The page failed: ${String(error)}.`, remedy: 'Load it again; if that does not help, please report it.' };

async function ask(): Promise<void> {
  const asked = question.value.trim();
  if (asked === '' || models.value === '' || databases.value === '') {
    answer.showProblem(
      asked === ''
        ? { what: 'There is no question.', remedy: 'Write one, such as “How many customers are there?”.' }
        : { what: 'No model or no database is chosen.', remedy: 'Choose both above the question.' },
    );
    return question.focus();
  }
  await work('Asking …', async (signal) => {
    const request: AskRequest = {
      ...{ question: asked, model: models.value, database: databases.value, samples: Number(samples.value) },
    };
    const answered = await server.post<Answered>('/api/ask', request, signal);
    judged = { answered, outcome: answered.outcome?.kind ?? null };
    showLinkedQuestion(answered.question, answered.linked);
    part('linked-part', HTMLElement).hidden = answered.linked.length === 0;
    editor.write(answered.sql ?? '');
    answer.showTimings(answered.timings);
    answer.showOutcome(answered.outcome, answered.problem);
    answer.showCandidates(answered.candidates, (sql) => editor.write(sql));
    showRouting(answered.routing);
    feedback.reset();
    remember(answered.sql ?? '', answered.problem && !answered.outcome ? 'not run' : describeOutcome(answered.outcome));
  });
}

async function run(): Promise<void> {
  const sql = editor.text().trim();
  if (sql === '' || databases.value === '') {
    return answer.showProblem({ what: 'There is no statement to run.', remedy: 'Ask a question, or write a SELECT.' });
  }
  await work('Running …', async (signal) => {
    const request: RunRequest = { database: databases.value, sql };
    const { outcome, problem } = await server.post<Ran>('/api/run', request, signal);
    if (judged) judged.outcome = outcome?.kind ?? null;
    answer.showTimings(outcome === null ? {} : { execute: outcome.ms });
    answer.showOutcome(outcome, problem);
    feedback.refresh();
    remember(sql, outcome === null ? 'refused' : describeOutcome(outcome));
  });
}

function remember(sql: string, came: string): void {
  history.add({ question: question.value.trim(), model: models.value, database: databases.value, sql, came });
}

async function sendFeedback(request: FeedbackRequest): Promise<boolean> {
  try {
    await server.post('/api/feedback', request);
    return true;
  } catch (error) {
    answer.showProblem(problemOf(error));
    return false;
  }
}

function restore({ question: asked, model, database, sql }: HistoryEntry): void {
  question.value = asked;
  if ([...models.options].some(({ value }) => value === model)) models.value = model;
  if (database !== databases.value && [...databases.options].some(({ value }) => value === database)) {
    databases.value = database;
    void showSchema();
  }
  forgetAnswer();
  editor.write(sql);
  editor.focus();
}

/** What is on the page is of another question or database. */
function forgetAnswer(): void {
  judged = null;
  answer.clear();
  answer.say('');
  answer.showCandidates([], () => undefined);
  showRouting(null);
  part('linked-part', HTMLElement).hidden = true;
  feedback.reset();
}

async function showSchema(): Promise<void> {
  const wanted = databases.value;
  if (wanted === '') return;
  try {
    const found = await server.get<SchemaView>(`/api/databases/${encodeURIComponent(wanted)}/schema`);
    if (databases.value !== wanted) return;
    schema.show(found);
    editor.use(found);
  } catch (error) {
    if (databases.value !== wanted) return;
    const problem = problemOf(error);
    schema.fail(`${problem.what} ${problem.remedy}`);
  }
}

function fill(select: HTMLSelectElement, options: { value: string; label: string }[]): void {
  select.replaceChildren(...options.map(({ value, label }) => element('option', { value }, label)));
}

async function load(): Promise<void> {
  try {
    const [known, there] = await Promise.all([
      server.get<PlaygroundModel[]>('/api/models'),
      server.get<PlaygroundDatabase[]>('/api/databases'),
    ]);
    fill(
      models,
      known.map(({ id, dialects }) => ({
        value: id,
        label: dialects.length > 0 ? `${id} (${dialects.join(', ')})` : id,
      })),
    );
    fill(
      databases,
      there.map(({ name, title }) => ({ value: name, label: `${name} (${title})` })),
    );
    await showSchema();
  } catch (error) {
    answer.showProblem(problemOf(error));
  }
}

part('ask-form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void ask();
});
question.addEventListener('keydown', (event) => {
  // While an input method composes a word, Enter is its own.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  void ask();
});
runButton.addEventListener('click', () => void run());
stopButton.addEventListener('click', () => {
  stop();
  question.focus();
});
databases.addEventListener('change', () => {
  forgetAnswer();
  void showSchema();
});
part('key-open', HTMLButtonElement).addEventListener('click', () => {
  forgetKey();
  void load();
});
installShortcuts({ stop, focusSql: () => editor.focus() });
// On a narrow screen the question comes first, and what stands before it is folded up.
if (matchMedia('(max-width: 860px)').matches)
  for (const panel of document.querySelectorAll('.panel')) panel.removeAttribute('open');
feedback.refresh();
void load();
