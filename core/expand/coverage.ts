import type { Guide, Template } from '../template.js';

/** How often each keyword and function occurs in a set of templates. */
export class KeywordCounts {
  private readonly counts = new Map<string, number>();

  add(template: Template): void {
    for (const keyword of template.keywords) this.counts.set(keyword, this.of(keyword) + 1);
  }
  of(keyword: string): number {
    return this.counts.get(keyword) ?? 0;
  }
  /** The count of the rarest; 0 of none. */
  rarest(keywords: string[]): number {
    return keywords.length === 0 ? 0 : Math.min(...keywords.map((keyword) => this.of(keyword)));
  }
  toRecord(): Record<string, number> {
    return Object.fromEntries([...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

export interface Coverage {
  /** Templates by keyword or function. */
  keywords: Record<string, number>;
  /** Of what the guides say they teach: how much some template uses, and what none does. */
  taught: { total: number; covered: number; missing: string[] };
}

export function coverageOf(templates: Template[], guides: Guide[]): Coverage {
  const counts = new KeywordCounts();
  templates.forEach((template) => counts.add(template));
  const taught = [...new Set(guides.flatMap((guide) => guide.teaches.map((word) => word.toUpperCase())))].sort();
  const text = new Set(templates.flatMap((template) => template.keywords));
  const missing = taught.filter(
    (word) => !text.has(word) && !templates.some((template) => mentions(template.sql, word)),
  );
  return {
    keywords: counts.toRecord(),
    taught: { total: taught.length, covered: taught.length - missing.length, missing },
  };
}

/** A taught word need not be a keyword unit of its own: types, date parts and option words count where the statement has them. */
export function mentions(sql: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  const edge = /^\w/.test(word) ? '\\b' : '';
  const end = /\w$/.test(word) ? '\\b' : '';
  return new RegExp(edge + escaped + end, 'i').test(sql);
}

/** Whether a template uses something that the guide teaches; true of any where the guide names nothing. */
export function uses({ keywords, sql }: Pick<Template, 'keywords' | 'sql'>, { teaches }: Guide): boolean {
  if (teaches.length === 0) return true;
  const used = new Set(keywords);
  return teaches.some((word) => used.has(word.toUpperCase()) || mentions(sql, word));
}
