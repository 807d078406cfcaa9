/** What the datasheet page has beyond the report's style: the fields that choose among the pairs, and the pairs. */
export const filterStyle = `
.funnel .n small { color: var(--faint); font-weight: 450; margin-left: 4px; display: inline-block; min-width: 4.2em; text-align: right; }
.filter { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 10px 0; margin: 0 0 8px; background: var(--page); }
.filter input, .filter select { font: inherit; font-size: 13.5px; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 6px 10px; min-width: 0; max-width: 190px; }
.filter input { flex: 1 1 220px; max-width: none; }
.filter :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.filter output { color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; }
.pair { padding: 14px 18px; margin-bottom: 10px; }
.pair[hidden] { display: none; }
.pair .tags { display: flex; flex-wrap: wrap; gap: 6px; font-size: 12px; color: var(--soft); align-items: center; }
.pair .q { font-size: 15px; font-weight: 560; margin: 6px 0 8px; line-height: 1.4; }
.pair details { margin-top: 8px; } .pair summary { font-size: 12.5px; } .pair dl { font-size: 12.5px; } .pair dd { overflow-wrap: anywhere; min-width: 0; }
.level-easy { --badge: var(--good); } .level-medium { --badge: var(--accent); } .level-hard { --badge: var(--warn); } .level-extra { --badge: var(--bad); }
@media print { .filter { display: none; } }
`;
