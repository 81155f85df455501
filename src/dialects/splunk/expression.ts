/** Expressions of `where` and `eval`, as plain data. What they mean is told in `lower-eval.ts`. */
import type { Span } from '../../text/source.ts';

/**
 * An expression as written. Operators of logic are upper-case words, names of functions lower-case. Only SPL2 has
 * `path` (`process.file.name`: what an object holds under these names) and `regex` (`/a.b/`, without its slashes).
 */
export type Expr =
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'path'; readonly of: Expr; readonly names: readonly string[]; readonly span: Span }
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  | { readonly kind: 'regex'; readonly source: string; readonly span: Span }
  | { readonly kind: 'number'; readonly value: number; readonly span: Span }
  | { readonly kind: 'call'; readonly name: string; readonly of: readonly Expr[]; readonly span: Span }
  | { readonly kind: 'operation'; readonly operator: string; readonly of: readonly Expr[]; readonly span: Span };

/** Whether two expressions are the same words. */
export function sameExpr(a: Expr, b: Expr): boolean {
  switch (a.kind) {
    case 'name':
      return b.kind === 'name' && a.name === b.name;
    case 'path':
      return b.kind === 'path' && a.names.join('.') === b.names.join('.') && sameExpr(a.of, b.of);
    case 'text':
    case 'number':
      return b.kind === a.kind && a.value === b.value;
    case 'regex':
      return b.kind === 'regex' && a.source === b.source;
    case 'call':
      return b.kind === 'call' && a.name === b.name && sameList(a.of, b.of);
    case 'operation':
      return b.kind === 'operation' && a.operator === b.operator && sameList(a.of, b.of);
  }
}

function sameList(a: readonly Expr[], b: readonly Expr[]): boolean {
  return a.length === b.length && a.every((part, index) => sameExpr(part, b[index]!));
}
