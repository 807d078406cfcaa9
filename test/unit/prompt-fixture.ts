import type { Column, ColumnType, DatabaseSchema, SqlValue } from '../../core/database.js';

const column = (name: string, type: ColumnType, samples: SqlValue[] = [], more: Partial<Column> = {}): Column => ({
  name,
  type,
  nativeType: type,
  nullable: true,
  primaryKey: name === 'id',
  distinct: samples.length,
  nullRate: 0,
  samples,
  ...more,
});

/** A small shop: a bridge table, a table that refers to itself, names that two tables share, JSON, a struct and an array. */
export const shop = (dialect: string): DatabaseSchema => ({
  name: 'shop',
  dialect,
  tables: [
    {
      name: 'customers',
      rows: 3,
      columns: [
        column('id', 'integer', [1, 2, 3]),
        column('name', 'text', ['Ann Lee', "Bo O'Hara"]),
        column('city', 'text', ['Paris', 'New York']),
        column('profile', 'json', ['{"tier":"gold","address":{"zip":"1000"}}']),
      ],
    },
    {
      name: 'orders',
      rows: 4,
      columns: [
        column('id', 'integer', [1, 2]),
        column('customer_id', 'integer', [1, 2]),
        column('placed_on', 'date', ['2024-01-05']),
        column('status', 'text', ['shipped', 'open']),
        column('total', 'number', [12.5, 99]),
      ],
    },
    {
      name: 'order_items',
      rows: 4,
      columns: [column('order_id', 'integer'), column('product_id', 'integer'), column('quantity', 'integer', [1, 2])],
    },
    {
      name: 'products',
      rows: 2,
      columns: [
        column('id', 'integer'),
        column('name', 'text', ['Desk lamp', 'Chair']),
        column('unitPrice', 'number', [20, 45]),
        column('tags', 'array', [['new']], { elementType: 'text' }),
        column('size', 'struct', [], {
          fields: [
            { name: 'width', type: 'number' },
            { name: 'height', type: 'number' },
          ],
        }),
      ],
    },
    {
      name: 'employees',
      rows: 3,
      columns: [
        column('id', 'integer'),
        column('name', 'text'),
        column('manager_id', 'integer'),
        column('salary', 'number'),
      ],
    },
  ],
  foreignKeys: [
    { table: 'orders', column: 'customer_id', referencesTable: 'customers', referencesColumn: 'id' },
    { table: 'order_items', column: 'order_id', referencesTable: 'orders', referencesColumn: 'id' },
    { table: 'order_items', column: 'product_id', referencesTable: 'products', referencesColumn: 'id' },
    { table: 'employees', column: 'manager_id', referencesTable: 'employees', referencesColumn: 'id' },
  ],
});
