import { bigquery, notImplemented } from './dialect.js';

/** Whether one of the names, in which `*` stands for any ending, is this one (upper case). */
function listed(names: readonly string[]): (name: string) => boolean {
  const exact = new Set(names);
  const beginnings = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return (name) => exact.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
}

/** What is never generated: what this engine has not, and what gives another result tomorrow. */
export const isUnverifiable = listed(bigquery.unverifiable);

/** What BigQuery has and this engine does not know, so that its complaint about a statement says nothing. */
export const isNotImplemented = listed(notImplemented);
