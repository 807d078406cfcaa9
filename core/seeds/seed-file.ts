import type { ColumnRole, ColumnSlot, JoinSlot, Template, ValueSlot } from '../template.js';
import type { ColumnType } from '../database.js';
import type { ExtractionReport } from './extract.js';

/** Where seeds come from and under which licence they may be passed on. */
export interface SeedAttribution {
  source: string;
  authors: string;
  url: string;
  licence: string;
  licenceUrl: string;
  changes: string;
}

/** A seed as the file holds it; slots are written in words: `C1 T1 text label`, `V1 C2 existing`, `C3=C4`. */
export interface SeedRecord {
  sql: string;
  columns: string[];
  values: string[];
  joins: string[];
  count: number;
}

/** The seed set as a file: templates in the dialect they were written in, without questions and names. */
export interface SeedFile {
  version: 1;
  attribution: SeedAttribution;
  extraction: ExtractionReport;
  seeds: SeedRecord[];
}

/** Spider's attribution, as its licence asks for. */
export const spiderAttribution: SeedAttribution = {
  source: 'Spider 1.0, training set',
  authors:
    'Tao Yu, Rui Zhang, Kai Yang, Michihiro Yasunaga, Dongxu Wang, Zifan Li, James Ma, Irene Li, Qingning Yao, Shanelle Roman, Zilin Zhang, Dragomir Radev',
  url: 'https://yale-lily.github.io/spider',
  licence: 'CC BY-SA 4.0',
  licenceUrl: 'https://creativecommons.org/licenses/by-sa/4.0/',
  changes:
    'Only the shape of the queries is kept: tables, columns and values were replaced by typed placeholders, aliases made uniform, columns beside a GROUP BY added to it, equal templates counted together. Questions, names and data were left out.',
};

/** Writes templates as a seed file. */
export function writeSeedFile(
  templates: readonly Template[],
  extraction: ExtractionReport,
  attribution: SeedAttribution = spiderAttribution,
): SeedFile {
  return { version: 1, attribution, extraction, seeds: templates.map(writeSeed) };
}

function writeSeed({ sql, columns, values, joins, count }: Template): SeedRecord {
  return {
    sql,
    columns: columns.map(({ id, table, type, role, path }) =>
      [id, table, type, role, ...(path === undefined ? [] : [path])].join(' '),
    ),
    values: values.map(({ id, column, use, form }) =>
      [id, column ?? '-', use, ...(form === undefined ? [] : [form])].join(' '),
    ),
    joins: joins.map(({ left, right }) => `${left}=${right}`),
    count,
  };
}

/** The slots of a record. */
export function readSlots(record: SeedRecord): { columns: ColumnSlot[]; values: ValueSlot[]; joins: JoinSlot[] } {
  return {
    columns: record.columns.map((text) => {
      const [id, table, type, role, path] = text.split(' ') as [string, string, ColumnType, ColumnRole, string?];
      return path === undefined ? { id, table, type, role } : { id, table, type, role, path };
    }),
    values: record.values.map((text) => {
      const [id, column, use, form] = text.split(' ') as [string, string, ValueSlot['use'], string?];
      const slot = { id, column: column === '-' ? null : column, use };
      return form === undefined ? slot : { ...slot, form };
    }),
    joins: record.joins.map((text) => {
      const [left, right] = text.split('=') as [string, string];
      return { left, right };
    }),
  };
}

/** The file's text: one seed a line, so that a change to one is a change of one line. */
export function formatSeedFile({ seeds, ...head }: SeedFile): string {
  const top = JSON.stringify(head, null, 2).replace(/\n\}$/, '');
  return `${top},\n  "seeds": [\n${seeds.map((seed) => `    ${JSON.stringify(seed)}`).join(',\n')}\n  ]\n}\n`;
}
