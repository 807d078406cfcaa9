import { isAggregate } from '../sql/aggregates.js';
import type { Expr, Query, Select } from '../sql/ast.js';
import { calls, conjuncts, joins, queries, sources } from '../sql/walk.js';
import type { JoinSlot, Template } from '../template.js';

/** A table in FROM: its slot and the alias it goes by. */
export interface SlotTable {
  slot: string;
  alias: string | null;
}

/** What a template's main SELECT is like, worked out once: by this a rule knows where it makes sense. */
export class Shape {
  readonly query: Query;
  /** The main SELECT; null of a set operation. */
  readonly select: Select | null;
  readonly joins: JoinSlot[];
  readonly tables: SlotTable[];
  readonly filters: number;
  readonly isGrouped: boolean;
  readonly hasAggregate: boolean;
  readonly hasWindow: boolean;
  /** One row a row of the table: neither grouped, nor aggregated, nor made distinct. */
  readonly isListing: boolean;
  readonly isOrdered: boolean;
  readonly isSingle: boolean;
  /** A plain listing of a single table without order: what most rules build on. */
  readonly isPlain: boolean;
  /** Columns of one table or of joined tables, without order, window or CTE; conditions may be there. */
  readonly isList: boolean;

  constructor(template: Template) {
    const { query } = template;
    const select = query.body.kind === 'select' ? query.body : null;
    this.query = query;
    this.select = select;
    this.joins = template.joins;
    this.tables = select === null ? [] : slotTables(select);
    this.filters = conjuncts(select?.where ?? null).length;
    this.isGrouped = (select?.groupBy.length ?? 0) > 0;
    this.hasAggregate = select !== null && select.items.some((item) => calls(item.expr).some(isAggregate));
    this.hasWindow = select !== null && calls(select).some((call) => call.over !== null);
    this.isListing =
      select !== null &&
      select.from !== null &&
      this.tables.length > 0 &&
      !this.isGrouped &&
      !this.hasAggregate &&
      !select.distinct &&
      select.distinctOn.length === 0 &&
      select.qualify === null &&
      select.windows.length === 0 &&
      !select.items.some((item) => item.expr.kind === 'star');
    this.isOrdered = query.orderBy.length > 0 || query.limit !== null;
    this.isSingle = this.tables.length === 1 && joins(select?.from ?? null).length === 0 && queries(query).length === 1;
    this.isList = this.isListing && !this.isOrdered && !this.hasWindow && query.ctes.length === 0;
    this.isPlain = this.isSingle && this.isList;
  }

  /** Outputs of the main SELECT. */
  get width(): number {
    return this.select?.items.length ?? 0;
  }

  get last(): Expr | null {
    return this.select?.items[this.select.items.length - 1]?.expr ?? null;
  }
}

/** The slots of the tables in a SELECT's FROM with their aliases. */
export function slotTables(select: Select): SlotTable[] {
  return sources(select.from).flatMap((source) =>
    source.kind === 'table' && /^T\d+$/.test(source.name[0]!) ? [{ slot: source.name[0]!, alias: source.alias }] : [],
  );
}
