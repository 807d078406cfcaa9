import { tokens } from './tokens.js';

/** The page's whole style. */
export const style = `${tokens}* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 var(--sans); }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
.layout { max-width: 1240px; margin: 0 auto; padding: 0 28px 80px; display: grid; grid-template-columns: 168px minmax(0, 1fr); gap: 44px; }
nav { position: sticky; top: 0; align-self: start; padding-top: 44px; font-size: 13.5px; max-height: 100vh; overflow-y: auto; }
nav .brand { font-weight: 650; letter-spacing: -.01em; color: var(--ink); display: block; margin-bottom: 18px; font-size: 15px; }
nav a:not(.brand) { display: block; padding: 4px 0; color: var(--soft); }
nav a:hover { color: var(--ink); text-decoration: none; }
main { min-width: 0; padding-top: 40px; }
header h1 { font-size: 32px; line-height: 1.15; letter-spacing: -.022em; margin: 0 0 8px; font-weight: 680; text-wrap: balance; }
header .lead { font-size: 17px; line-height: 1.5; color: var(--soft); max-width: 66ch; margin: 0 0 12px; text-wrap: pretty; }
header .meta { color: var(--faint); font-size: 13px; margin: 0; display: flex; flex-wrap: wrap; gap: 2px 14px; }
section { margin-top: 60px; }
h2 { font-size: 21px; letter-spacing: -.015em; margin: 0 0 4px; font-weight: 650; }
h3 { font-size: 15px; margin: 28px 0 8px; font-weight: 620; }
section > p, .note { color: var(--soft); max-width: 72ch; margin: 0 0 16px; text-wrap: pretty; }
.note { font-size: 13.5px; margin: 12px 0 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); padding: 20px 22px; margin: 0 0 16px; min-width: 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(148px, 1fr)); gap: 12px; margin: 28px 0 0; }
.tile { container-type: inline-size; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 14px 16px 12px; box-shadow: var(--shadow); }
.tile b { display: block; white-space: nowrap; font-size: clamp(20px, 16.5cqi, 27px); line-height: 1.15; letter-spacing: -.025em; font-weight: 650; font-variant-numeric: tabular-nums; }
.tile b small { font-size: 15px; color: var(--soft); font-weight: 550; margin-left: 1px; }
.tile span { color: var(--soft); font-size: 13px; line-height: 1.35; display: block; margin-top: 3px; }
.scroll { overflow-x: auto; margin: 0 -22px; padding: 0 22px; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 12px; text-align: right; border-bottom: 1px solid var(--line); vertical-align: middle; white-space: nowrap; }
th { color: var(--soft); font-weight: 550; font-size: 12.5px; vertical-align: bottom; }
th:first-child, td:first-child, .text { text-align: left; }
tr > :first-child { padding-left: 0; } tr > :last-child { padding-right: 0; }
tbody tr:last-child td { border-bottom: 0; }
td.wrap { white-space: normal; }
thead .group th { text-align: center; color: var(--ink); font-size: 13px; border-bottom: 0; padding-bottom: 0; }
thead .group th:first-child { text-align: left; }
.model { font-weight: 600; } .kind { color: var(--faint); font-size: 12px; font-weight: 450; margin-left: 6px; }
tr.best td { background: color-mix(in srgb, var(--accent) 6%, transparent); }
.score { display: inline-flex; flex-direction: column; align-items: flex-end; gap: 3px; min-width: 70px; }
.score b { font-weight: 600; } .score.own b { color: var(--accent); }
.score svg { display: block; }
.heat { table-layout: fixed; min-width: 560px; } .heat th:first-child { width: 158px; }
.heat th { overflow-wrap: anywhere; white-space: normal; } .heat tr.gap td { padding-top: 12px; }
.heat tr.gap td.h { padding-top: 9px; }
.heat td.h { padding: 0; border-bottom: 0; }
.heat td.h span { display: block; margin: 1.5px; padding: 5px 9px; border-radius: 5px; background: color-mix(in srgb, var(--tint, var(--accent)) calc(var(--v) * 62%), var(--wash)); }
.heat td { border-bottom: 0; padding-top: 3px; padding-bottom: 3px; } .heat td small { color: var(--faint); margin-left: 5px; }
.grid2 { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; } .grid2 .card { margin: 0; }
.grid3 { display: grid; grid-template-columns: repeat(auto-fit, minmax(270px, 1fr)); gap: 16px; } .grid3 .card { margin: 0; }
.card > h3:first-child { margin-top: 0; }
figure { margin: 0; } .maps { display: flex; flex-wrap: wrap; gap: 20px 26px; } .maps figure { flex: none; max-width: 100%; } figure svg { max-width: 100%; height: auto; display: block; overflow: visible; background: none; color: var(--ink); font-family: var(--sans); }
figcaption { font-size: 12.5px; color: var(--soft); margin: 0 0 6px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 12.5px; color: var(--soft); margin: 0 0 8px; }
.legend i { display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin-right: 6px; vertical-align: -0.5px; }
.funnel { display: grid; grid-template-columns: max-content minmax(0, 1fr) max-content; gap: 6px 12px; align-items: center; font-size: 13.5px; }
.funnel .bar { background: var(--wash); border-radius: 4px; height: 14px; overflow: hidden; }
.funnel .bar i { display: block; height: 100%; background: var(--tint, var(--accent)); border-radius: 4px; }
.funnel .n { text-align: right; font-variant-numeric: tabular-nums; font-weight: 600; }
.funnel .why { grid-column: 2 / -1; color: var(--faint); font-size: 12.5px; margin: -4px 0 4px; }
.stack { display: flex; height: 14px; border-radius: 4px; overflow: hidden; gap: 1.5px; margin: 4px 0 8px; }
.chips { display: flex; flex-wrap: wrap; gap: 5px; font: 11.5px/1 var(--mono); }
.chips span { padding: 4px 6px; border-radius: 5px; background: color-mix(in srgb, var(--tint, var(--accent)) calc(8% + var(--v) * 34%), var(--wash)); }
.chips span.none { background: none; box-shadow: inset 0 0 0 1px var(--line); color: var(--faint); text-decoration: line-through; }
.chips span b { font-weight: 500; opacity: .85; margin-left: 5px; }
code, pre { font-family: var(--mono); font-size: 12.5px; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.55; }
.sql { background: var(--wash); border-radius: 8px; padding: 11px 13px; }
.sql b { font-weight: 620; color: var(--accent); } .sql i { font-style: normal; color: var(--good); }
.skeletons { margin: 0; padding: 0; list-style: none; font: 12px/1.5 var(--mono); }
.skeletons li { display: flex; gap: 10px; padding: 3px 0; color: var(--soft); overflow-wrap: anywhere; }
.skeletons b { color: var(--ink); min-width: 2.4em; text-align: right; font-weight: 550; flex: none; }
.example { padding: 0; overflow: hidden; }
.example > .ask { padding: 16px 22px; }
.example .q { font-size: 16px; line-height: 1.4; font-weight: 560; margin: 6px 0 0; letter-spacing: -.005em; }
.example .ask h4 { margin-top: 14px; }
.example .tags { display: flex; flex-wrap: wrap; gap: 6px; font-size: 12px; color: var(--soft); align-items: center; }
.badge { border-radius: 20px; padding: 2px 9px; font-weight: 600; font-size: 12px; color: var(--badge); background: color-mix(in srgb, var(--badge) 13%, transparent); }
.badge.yes { --badge: var(--good); } .badge.no { --badge: var(--bad); }
.sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0; border-top: 1px solid var(--line); }
.sides > div { padding: 14px 22px 18px; min-width: 0; } .sides > div + div { border-left: 1px solid var(--line); }
.example h4 { margin: 0 0 8px; font-size: 12px; font-weight: 600; color: var(--soft); }
.sides table { font-size: 12.5px; margin-top: 10px; } .sides td, .sides th { padding: 4px 10px; text-align: left; }
.sides .more { color: var(--faint); font-size: 12px; margin: 6px 0 0; }
.failed { color: var(--bad); font-size: 13px; margin: 10px 0 0; overflow-wrap: anywhere; }
.badge.plain { --badge: var(--soft); font-weight: 500; }
.dense th, .dense td { padding: 6px 9px; } td code { overflow-wrap: anywhere; } td.hash code { word-break: break-all; white-space: normal; }
.matrix .model, .heat .model { overflow-wrap: anywhere; white-space: normal; } .matrix td:first-child { white-space: normal; min-width: 9ch; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
details { margin-top: 12px; } summary { cursor: pointer; color: var(--soft); font-size: 13.5px; }
details[open] summary { margin-bottom: 10px; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 5px 18px; margin: 0; font-size: 13.5px; } dt { font-weight: 600; } dd { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
footer { margin-top: 60px; color: var(--faint); font-size: 13px; }
@media (max-width: 900px) {
  .layout { grid-template-columns: minmax(0, 1fr); gap: 0; padding: 0 16px 56px; }
  nav { position: static; padding: 18px 0 0; display: flex; gap: 4px 14px; overflow-x: auto; white-space: nowrap; }
  nav .brand { display: none; }
  main { padding-top: 22px; } header h1 { font-size: 26px; } header .lead { font-size: 16px; } section { margin-top: 44px; }
  .grid2, .sides { grid-template-columns: minmax(0, 1fr); } .sides > div + div { border-left: 0; border-top: 1px solid var(--line); }
  .card { padding: 16px; border-radius: 10px; } .scroll { margin: 0 -16px; padding: 0 16px; } .example { padding: 0; } .example > .ask, .sides > div { padding: 14px 16px; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } .tile b { font-size: 23px; }
  .wide-only { display: none; } th, td { padding: 7px 8px; } .kind { display: block; margin-left: 0; } .score { min-width: 60px; }
}
@media (max-width: 1080px) { .dense { font-size: 12.5px; } .dense th, .dense td { padding: 6px 5px; } .dense th { white-space: normal; } .matrix .score { min-width: 54px; } .matrix .score svg { width: 54px; } .matrix th, .matrix td { padding: 7px 6px; } }
@media (max-width: 640px) {
  .stacked, .stacked tbody { display: block; min-width: 0; width: 100%; }
  .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacked tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(84px, 1fr)); gap: 8px 12px; align-items: end; padding: 12px 0; border-bottom: 1px solid var(--line); }
  .stacked tbody tr:last-child { border-bottom: 0; }
  .stacked td, .stacked td:first-child { display: block; width: auto; padding: 0; border: 0; text-align: left; white-space: normal; min-width: 0; overflow-wrap: anywhere; }
  .stacked td:first-child, .stacked td.full { grid-column: 1 / -1; } .stacked td:empty { display: none; }
  .stacked td[data-label]::before { content: attr(data-label); display: block; color: var(--soft); font-size: 11.5px; line-height: 1.3; }
  .stacked .score { align-items: flex-start; } .stacked.heat td.h span { margin: 2px 0 0; } .stacked tr.gap { border-top: 2px solid var(--line); }
  .stacked .kind { display: inline; margin-left: 6px; } tr.best { background: color-mix(in srgb, var(--accent) 6%, transparent); } tr.best td { background: none; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd + dt { margin-top: 8px; }
  nav { scrollbar-width: none; }
}
@media print {
  nav { display: none; } .layout { display: block; max-width: none; padding: 0; } body { font-size: 11pt; }
  .card { box-shadow: none; } .example, .tile, figure, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } .scroll { overflow: visible; }
}
`;
