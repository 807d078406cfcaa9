import type { Pipe, Query, Select, SelectItem } from '../sql/ast.js';
import { Unreadable } from './voice.js';

/**
 * A pipeline as the plain query that asks for the same, so that it reads by the same words: `FROM t |> WHERE a |> AGGREGATE COUNT(*)
 * GROUP BY b |> ORDER BY b`. Throws Unreadable for steps that a single SELECT cannot say.
 */
export function plainQuery(query: Query, pipe: Pipe): Query {
  const { body } = pipe.input;
  if (body.kind !== 'select' || pipe.input.orderBy.length > 0 || pipe.input.ctes.length > 0)
    throw new Unreadable('pipe input');
  let select: Select = { ...body };
  delete select.fromFirst;
  let result: Query = { ...query, body: select };
  let aggregated = false;
  for (const step of pipe.operators) {
    switch (step.kind) {
      case 'pipe-where':
        if (aggregated || select.where !== null) throw new Unreadable('pipe WHERE after a step');
        select = { ...select, where: step.condition };
        break;
      case 'pipe-select':
        if (aggregated) throw new Unreadable('pipe SELECT after AGGREGATE');
        select = { ...select, items: step.select.items, distinct: step.select.distinct };
        break;
      case 'pipe-aggregate': {
        if (aggregated || result.limit !== null) throw new Unreadable('pipe AGGREGATE after a step');
        aggregated = true;
        const keys = step.groupBy.map(({ group, alias }): SelectItem => {
          if (group.kind !== 'expr') throw new Unreadable('pipe groups');
          return { expr: group.expr, alias };
        });
        select = { ...select, items: [...keys, ...step.items], groupBy: step.groupBy.map(({ group }) => group) };
        break;
      }
      case 'pipe-order':
        result = { ...result, orderBy: step.orderBy };
        break;
      case 'pipe-limit':
        result = { ...result, limit: step.limit, offset: step.offset };
        break;
      default:
        throw new Unreadable(step.kind);
    }
  }
  return { ...result, body: select };
}
