import type { FunctionSignature } from '../../core/database.js';
import type { ReaderConnection } from './connection.js';

const aggregates = new Set(
  `BIT_AND BIT_OR BIT_XOR COUNT GROUP_CONCAT JSON_ARRAYAGG JSON_OBJECTAGG MAX MIN STD STDDEV STDDEV_POP STDDEV_SAMP SUM
   VARIANCE VAR_POP VAR_SAMP AVG`.split(/\s+/),
);
const windows = new Set(
  `CUME_DIST DENSE_RANK FIRST_VALUE LAG LEAD LAST_VALUE MEDIAN NTH_VALUE NTILE PERCENT_RANK PERCENTILE_CONT
   PERCENTILE_DISC RANK ROW_NUMBER`.split(/\s+/),
);

/** The functions that the server lists itself (information_schema.SQL_FUNCTIONS, MariaDB 10.6). It tells no types: each is `any`. */
export async function listFunctions(connection: ReaderConnection): Promise<FunctionSignature[]> {
  const rows = await connection.rows<{ name: string }>(
    'SELECT FUNCTION AS name FROM information_schema.SQL_FUNCTIONS ORDER BY FUNCTION',
  );
  return rows.map(({ name }) => ({
    name: name.toLowerCase(),
    kind: aggregates.has(name) ? 'aggregate' : windows.has(name) ? 'window' : 'scalar',
    arguments: ['any'],
    variadic: true,
    returns: 'any',
  }));
}
