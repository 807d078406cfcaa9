import type { FunctionSignature } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { type Coverage, coverageOf } from './diversity.js';

export interface CatalogueCoverage {
  /** The functions that the engine reports and that a question can call for. */
  functions: Coverage;
  /** The keywords that this dialect alone has. */
  keywords: Coverage;
}

/** The names, upper case and sorted, of the reported functions that a query over data may use and the engine can run. */
export function queryFunctions(functions: readonly FunctionSignature[], manifest: DialectManifest): string[] {
  const left = [...manifest.unverifiable, ...manifest.outsideQueries].map((name) => name.toUpperCase());
  const exact = new Set(left);
  const beginnings = left.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  const names = new Set(functions.map(({ name }) => name.toUpperCase()));
  return [...names].filter((name) => !exact.has(name) && !beginnings.some((start) => name.startsWith(start))).sort();
}

/** How much of a dialect a set of pairs or templates uses; `keywords` counts it by keyword and function, upper case. */
export function catalogueCoverage(
  manifest: DialectManifest,
  functions: readonly FunctionSignature[],
  keywords: Readonly<Record<string, number>>,
): CatalogueCoverage {
  const unverifiable = new Set(manifest.unverifiable);
  return {
    functions: coverageOf(queryFunctions(functions, manifest), keywords),
    keywords: coverageOf(
      manifest.distinctiveKeywords.filter((keyword) => !unverifiable.has(keyword)),
      keywords,
    ),
  };
}
