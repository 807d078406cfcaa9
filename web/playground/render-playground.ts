import { html, render, type Markup } from '../page/html.js';

interface PlaygroundPage {
  /** Of this answer alone: the editor's own style elements carry it. */
  nonce: string;
  /** Addresses of the script and the style. */
  script: string;
  style: string;
}

/** The playground as the server sends it; its script fills in models, databases and answers. */
export function renderPlayground({ nonce, script, style }: PlaygroundPage): string {
  return render(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>Dialectic playground</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href="${style}" />
          <script type="module" src="${script}" nonce="${nonce}"></script>
        </head>
        <body>
          <a class="skip" href="#question">Skip to the question</a>
          ${pageHeader}
          <div class="columns">
            <div class="side">${schemaPanel}${historyPanel}</div>
            <main>${askPart}${answerPart}</main>
          </div>
          ${helpDialog}${keyDialog}
          <noscript><p class="problem">The playground needs JavaScript.</p></noscript>
        </body>
      </html> `,
  );
}

const pageHeader = html`<header class="top">
  <h1>Dialectic <span>playground</span></h1>
  <div class="tools">
    <button type="button" id="key-open">API key</button>
    <button type="button" id="help-open" aria-keyshortcuts="?"><kbd>?</kbd> Keys</button>
  </div>
</header>`;

const schemaPanel = html`<section aria-labelledby="schema-title">
  <details class="panel" open>
    <summary><h2 id="schema-title">Schema</h2></summary>
    <label for="schema-filter" class="hidden">Find tables and columns</label>
    <input id="schema-filter" type="search" placeholder="Find tables and columns" autocomplete="off" />
    <p class="soft" id="schema-count" role="status"></p>
    <div id="schema-tables"></div>
  </details>
</section>`;

const historyPanel = html`<section aria-labelledby="history-title">
  <details class="panel" open>
    <summary><h2 id="history-title">History</h2></summary>
    <p class="soft" id="history-empty">What you ask and run in this tab is listed here.</p>
    <ol id="history-list" reversed></ol>
    <button type="button" id="history-clear" hidden>Clear the history</button>
  </details>
</section>`;

const askPart = html`<section aria-labelledby="ask-title">
  <h2 id="ask-title">Ask</h2>
  <form id="ask-form" class="card">
    <div class="choices">
      <label>Model<select id="model"></select></label>
      <label>Database<select id="database"></select></label>
      <label
        >Statements considered<select id="samples">
          <option value="1">the likeliest</option>
          <option value="4">4, by their results</option>
          <option value="8">8, by their results</option>
        </select></label
      >
    </div>
    <label for="question">Question</label>
    <textarea
      id="question"
      rows="2"
      placeholder="How many customers are there in each city?"
      spellcheck="true"
    ></textarea>
    <p class="actions">
      <button type="submit" id="ask" class="main">Ask</button>
      <button type="button" id="stop" hidden>Stop</button>
      <span class="soft"><kbd>Enter</kbd> asks, <kbd>Shift</kbd> <kbd>Enter</kbd> begins a line</span>
    </p>
  </form>
</section>`;

/** 👍 and 👎, drawn, because not every machine has a font for them. */
const thumb = (down: boolean): Markup =>
  html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="currentColor">
    <path
      ${down ? html`transform="rotate(180 8 8)"` : null}
      d="M1.5 7H4v7H1.5zM5 13.3V7.2L7.6 1.8c1.3 0 2 1 1.8 2.2L9 6h4c.9 0 1.5.8 1.3 1.7l-1.1 4.8c-.2.9-.9 1.5-1.8 1.5H6.5c-.6 0-1.2-.2-1.5-.7z"
    />
  </svg>`;

const answerPart = html`<section id="answer" aria-labelledby="answer-title">
  <h2 id="answer-title">Answer</h2>
  <p id="status" role="status"></p>
  <div id="problem" class="problem" role="alert" hidden></div>
  <div class="card">
    <div id="linked-part" hidden>
      <h3>Words found in the database</h3>
      <p id="linked"></p>
    </div>
    <h3 id="sql-title">Statement</h3>
    <div id="sql"></div>
    <p class="actions">
      <button type="button" id="run">Run</button>
      <span class="soft" id="sql-keys"
        ><kbd>Ctrl</kbd> <kbd>Enter</kbd> runs what is written, and nothing that writes</span
      >
      <span id="timings" class="timings"></span>
    </p>
    <div id="feedback" class="actions" hidden role="group" aria-label="Is the statement right?">
      <button type="button" id="vote-up" aria-pressed="false">${thumb(false)} Right</button>
      <button type="button" id="vote-down" aria-pressed="false">${thumb(true)} Wrong</button>
      <button type="button" id="save-correction" disabled>Save the corrected SQL</button>
      <span id="feedback-said" role="status"></span>
    </div>
  </div>
  <div id="result"></div>
  <details class="panel" id="candidates" hidden>
    <summary><h3>Other statements considered</h3></summary>
    <ol id="candidate-list"></ol>
  </details>
  <section class="card" id="routing" aria-labelledby="routing-title" hidden>
    <h3 id="routing-title">Which expert each token went to</h3>
    <ul id="routing-legend"></ul>
    <p id="routing-detail" aria-live="polite"></p>
    <h4 id="routing-answer-title">Answer</h4>
    <div id="routing-answer" class="tokens" role="group" aria-labelledby="routing-answer-title"></div>
    <h4 id="routing-prompt-title">Prompt</h4>
    <div id="routing-prompt" class="tokens" role="group" aria-labelledby="routing-prompt-title"></div>
  </section>
</section>`;

const shortcut = (keys: Markup, what: string): Markup =>
  html`<dt>${keys}</dt>
    <dd>${what}</dd>`;

const helpDialog = html`<dialog id="help-dialog" aria-labelledby="help-title">
  <h2 id="help-title">Keys</h2>
  <dl>
    ${[
      shortcut(html`<kbd>Enter</kbd>`, 'in the question: ask'),
      shortcut(html`<kbd>Ctrl</kbd> <kbd>Enter</kbd>`, 'in the statement: run it (⌘ on a Mac)'),
      shortcut(html`<kbd>Ctrl</kbd> <kbd>Space</kbd>`, 'in the statement: complete a name'),
      shortcut(html`<kbd>Esc</kbd>`, 'stop what is under way'),
      shortcut(html`<kbd>/</kbd>`, 'to the question'),
      shortcut(html`<kbd>e</kbd>`, 'to the statement'),
      shortcut(html`<kbd>r</kbd>`, 'to the result'),
      shortcut(html`<kbd>s</kbd>`, 'to the schema'),
      shortcut(html`<kbd>h</kbd>`, 'to the history'),
      shortcut(html`<kbd>?</kbd>`, 'this help'),
    ]}
  </dl>
  <p>
    <label class="check"
      ><input type="checkbox" id="single-keys" checked /> Single keys act outside of text fields</label
    >
  </p>
  <p class="actions"><button type="button" id="help-close" class="main">Close</button></p>
</dialog>`;

const keyDialog = html`<dialog id="key-dialog" aria-labelledby="key-title">
  <form method="dialog">
    <h2 id="key-title">API key</h2>
    <p id="key-about">This server wants a key. It is kept until this tab is closed, and sent to this server alone.</p>
    <p id="key-wrong" class="problem" role="alert" hidden>The server does not accept this key.</p>
    <label for="key">Key</label>
    <input id="key" type="password" autocomplete="off" aria-describedby="key-about" />
    <p class="actions">
      <button type="submit" value="use" class="main">Use it</button>
      <button type="button" id="key-cancel">Cancel</button>
    </p>
  </form>
</dialog>`;
