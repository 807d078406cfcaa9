import type { DialectManifest } from '../dialect.js';
import type { Query } from '../sql/ast.js';
import { print } from '../sql/printer.js';
import { expressions, rewrite } from '../sql/walk.js';

/** Every value a statement holds, as written, in order. */
export function literalsOf(query: Query): string[] {
  return expressions(query).flatMap((expr) => {
    if (expr.kind === 'number') return [expr.text];
    return expr.kind === 'string' || expr.kind === 'typed' ? [expr.value] : [];
  });
}

/** A statement's text with its values erased and its names kept: what two fills of the same columns share. */
export function withoutValues(query: Query, manifest: DialectManifest): string {
  const blank = { kind: 'placeholder', id: 'V' } as const;
  return print(
    rewrite(query, (node) =>
      node.kind === 'number' || node.kind === 'string' || node.kind === 'typed' ? blank : node,
    ),
    manifest,
  );
}
