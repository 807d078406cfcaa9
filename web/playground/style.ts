import { tokens } from '../page/tokens.js';

/** The playground's whole style: the tokens of all pages, and darker or lighter text where a colour is read and not only seen. */
export const playgroundStyle = `${tokens}
:root { --keyword: #3341b5; --string: #14683f; --number: #9a4a0b; --comment: #5b6170; --error: #a8322a; --edge: #858a96; }
@media (prefers-color-scheme: dark) {
  :root { --keyword: #a5b1ff; --string: #66d19b; --number: #f4ab77; --comment: #a4a9b6; --error: #ff9c92; --edge: #7d8392; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding: 1rem; }
body { margin: 0 auto; max-width: 1440px; padding: 0 clamp(12px, 2.2vw, 32px) 64px; background: var(--page); color: var(--ink); font: 15px/1.5 var(--sans); }
h1, h2, h3, h4 { line-height: 1.25; letter-spacing: -.01em; margin: 0; }
h1 { font-size: 19px; font-weight: 680; } h1 span { font-weight: 450; color: var(--soft); }
h2 { font-size: 16px; font-weight: 650; margin: 0 0 8px; }
h3 { font-size: 13.5px; font-weight: 620; margin: 0 0 6px; } h4 { font-size: 12.5px; color: var(--soft); margin: 12px 0 4px; }
p { margin: 0 0 8px; }
.soft { color: var(--soft); font-size: 13px; }
.hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { position: absolute; left: 8px; top: 8px; z-index: 10; background: var(--card); color: var(--accent); padding: 8px 12px; border-radius: 8px; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 16px; padding: 16px 0 14px; }
.tools { display: flex; flex-wrap: wrap; gap: 8px; }
.columns { display: grid; grid-template-columns: minmax(230px, 310px) minmax(0, 1fr); gap: 24px; align-items: start; }
.side { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; display: grid; gap: 16px; padding: 2px 2px 16px; }
main { display: grid; gap: 22px; min-width: 0; } main section { min-width: 0; }
.card, .panel { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); padding: 16px 18px; min-width: 0; }
.panel { padding: 12px 14px; } .panel > summary { cursor: pointer; } .panel > summary h2, .panel > summary h3 { display: inline; }
.panel[open] > summary { margin-bottom: 10px; }
button, input, select, textarea { font: inherit; color: inherit; }
button, select, input:not([type=checkbox]), textarea { border: 1px solid var(--edge); border-radius: 8px; background: var(--card); }
button { cursor: pointer; padding: 5px 12px; font-size: 14px; min-height: 32px; }
button:hover { background: var(--wash); } button:disabled { cursor: not-allowed; color: var(--soft); border-style: dashed; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600; }
button.main:hover { filter: brightness(1.08); } [aria-disabled=true] { opacity: .75; }
button[aria-pressed=true] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 600; }
input:not([type=checkbox]), textarea, select { width: 100%; padding: 7px 10px; } select { min-height: 36px; }
textarea { resize: vertical; font-size: 16px; line-height: 1.4; margin: 3px 0 10px; }
label { font-size: 13px; font-weight: 560; } label select { margin-top: 3px; font-weight: 450; font-size: 14px; }
label.check { display: inline-flex; gap: 8px; align-items: center; font-weight: 450; }
.choices { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(190px, 100%), 1fr)); gap: 10px 14px; margin-bottom: 12px; }
.actions { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin: 0; } .actions + .actions { margin-top: 10px; }
button svg { vertical-align: -2px; margin-right: 3px; }
kbd { font: 11.5px/1 var(--mono); border: 1px solid var(--edge); border-radius: 4px; padding: 1px 4px; color: var(--ink); background: var(--wash); }
#schema-filter { margin-bottom: 6px; font-size: 14px; }
#schema-tables details { border-top: 1px solid var(--line); padding: 5px 0; }
#schema-tables summary { cursor: pointer; overflow-wrap: anywhere; } .table-name { font-weight: 600; margin-right: 6px; }
#schema-tables ul { list-style: none; margin: 0 0 6px; padding: 0 0 0 14px; } #schema-tables li { padding: 2px 0; line-height: 1.4; }
.insert { margin: 2px 0 2px 14px; } .insert .name { font: 12.5px var(--sans); color: var(--soft); }
.name { border: 0; background: none; padding: 1px 3px; margin-left: -3px; min-height: 24px; font: 13px var(--mono); text-align: left; overflow-wrap: anywhere; border-radius: 4px; }
.name:hover { text-decoration: underline; }
.type, .key { color: var(--soft); font-size: 12px; margin-left: 5px; overflow-wrap: anywhere; } .key { font-weight: 600; }
.samples { display: block; color: var(--soft); font-size: 12px; overflow-wrap: anywhere; }
#history-list { list-style: none; margin: 0 0 8px; padding: 0; max-height: 40vh; overflow-y: auto; } #history-list li { border-top: 1px solid var(--line); }
#history-list button { border: 0; background: none; width: 100%; text-align: left; padding: 6px 4px; border-radius: 4px; outline-offset: -2px; }
.asked { display: block; overflow-wrap: anywhere; line-height: 1.35; } .came { color: var(--soft); font-size: 12px; overflow-wrap: anywhere; }
#status { min-height: 1.5em; color: var(--soft); }
.problem { border-left: 4px solid var(--bad); background: color-mix(in srgb, var(--bad) 9%, var(--card)); border-radius: 4px 10px 10px 4px; padding: 10px 14px; margin: 0 0 12px; overflow-wrap: anywhere; }
.problem strong { display: block; color: var(--error); font-weight: 620; }
#linked { font-size: 16px; line-height: 2.2; margin-bottom: 10px; overflow-wrap: anywhere; }
mark { background: var(--wash); color: inherit; border-radius: 4px; padding: 2px 4px; border-bottom: 2px solid var(--edge); }
mark.table { border-bottom-color: var(--s0); } mark.column { border-bottom: 2px dashed var(--s1); } mark.value { border-bottom: 3px double var(--s2); }
mark .as { font-size: 11.5px; color: var(--soft); margin-left: 5px; }
.timings { margin-left: auto; color: var(--soft); font-size: 13px; display: flex; flex-wrap: wrap; gap: 2px 14px; } .timings b { color: var(--ink); font-variant-numeric: tabular-nums; }
#sql { margin-bottom: 10px; }
.cm-editor { border: 1px solid var(--edge); border-radius: 8px; background: var(--wash); color: var(--ink); }
.cm-editor:focus-within { outline: 2px solid var(--accent); outline-offset: 1px; }
.cm-editor .cm-scroller { font: 14px/1.6 var(--mono); } .cm-editor .cm-content { min-height: 76px; padding: 8px 4px; caret-color: var(--ink); }
.cm-editor .cm-placeholder { color: var(--soft); } .cm-editor .cm-cursor { border-left-color: var(--ink); }
.cm-tooltip.cm-tooltip-autocomplete { background: var(--card); color: var(--ink); border: 1px solid var(--edge); border-radius: 8px; overflow: hidden; }
.tok-keyword { color: var(--keyword); font-weight: 600; } .tok-string, .tok-string2 { color: var(--string); } .tok-number, .tok-bool, .tok-null { color: var(--number); }
.tok-comment { color: var(--comment); font-style: italic; } .tok-typeName { color: var(--keyword); }
#feedback-said { color: var(--soft); font-size: 13px; }
#result { margin-top: 14px; } .count { color: var(--soft); font-size: 13px; margin-bottom: 6px; }
.scroller { overflow: auto; max-height: 62vh; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
table { border-collapse: collapse; width: max-content; min-width: 100%; font-size: 13.5px; font-variant-numeric: tabular-nums; }
th { position: sticky; top: 0; background: var(--wash); font-weight: 600; font-size: 12.5px; }
th, td { padding: 6px 12px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { white-space: nowrap; } td > div { white-space: pre-wrap; max-width: 46ch; overflow-wrap: break-word; } td.number > div { margin-left: auto; } .number { text-align: right; white-space: nowrap; }
.null { font: italic 12px var(--sans); color: var(--soft); border: 1px dotted var(--edge); border-radius: 4px; padding: 0 4px; } .more { color: var(--soft); }
tbody tr:last-child td { border-bottom: 0; }
.pages { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; margin-top: 10px; font-size: 13px; }
#candidates, #routing { margin-top: 14px; }
#candidate-list { margin: 0; padding-left: 20px; } #candidate-list li { margin: 4px 0; font-size: 13px; } #candidate-list li > span { color: var(--soft); margin-left: 8px; }
#candidate-list button { text-align: left; overflow-wrap: anywhere; } code { font: 12.5px var(--mono); }
.tokens { display: flex; flex-wrap: wrap; gap: 3px 2px; }
.token { --tint: var(--s0); font: 12.5px/1.3 var(--mono); border: 0; border-bottom: 2px solid var(--tint); border-radius: 4px 4px 0 0; min-height: 24px; padding: 2px 4px; background: color-mix(in srgb, var(--tint) 16%, var(--card)); overflow-wrap: anywhere; }
.token sub { font: 10px var(--sans); margin-left: 2px; color: var(--ink); }
.token.e1 { --tint: var(--s1); border-bottom-style: dashed; } .token.e2 { --tint: var(--s2); border-bottom-style: dotted; }
.token.e3 { --tint: var(--s3); border-bottom-style: double; border-bottom-width: 4px; } .token.e4 { --tint: var(--s4); } .token.e5 { --tint: var(--s5); border-bottom-style: dashed; }
#routing-legend { list-style: none; margin: 0 0 8px; padding: 0; display: grid; gap: 4px; font-size: 13px; } #routing-detail { font-size: 13px; color: var(--soft); min-height: 1.5em; margin: 0; overflow-wrap: anywhere; }
dialog { border: 1px solid var(--edge); border-radius: 12px; background: var(--card); color: var(--ink); padding: 20px 22px; max-width: min(520px, calc(100vw - 24px)); }
dialog::backdrop { background: rgb(10 12 18 / .45); }
dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 16px; margin: 0 0 14px; } dt { white-space: nowrap; } dd { margin: 0; color: var(--soft); }
dialog input:not([type=checkbox]) { margin: 3px 0 14px; }
@media (max-width: 860px) {
  .columns { grid-template-columns: minmax(0, 1fr); gap: 16px; }
  .side { position: static; max-height: none; gap: 10px; padding: 0; }
  .card { padding: 14px; } .timings { margin-left: 0; } #schema-tables { max-height: 50vh; overflow-y: auto; }
  button { min-height: 40px; } .name, .token { min-height: 28px; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (forced-colors: active) { .token, mark { border: 1px solid; } }
`;
