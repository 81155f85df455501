import type { Conversed, Conversion } from '../../prove/convert.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { positionOf } from '../../text/source.ts';

/** A diagnostic as JSON output shows it: file, line and column from 1, null where it concerns a whole file. */
export function diagnosticJson({ code, severity, message, source, span, hint }: Diagnostic) {
  const position = source.text === '' ? null : positionOf(source, span.start);
  const { line = null, column = null } = position ?? {};
  return { code, severity, message, file: source.name, line, column, hint: hint ?? null };
}

/** A conversion as `convert --format json` writes it; `diagnostics` are those of the rule's own text. */
export function conversionJson(
  { detection, target, profile, queries }: Conversion,
  diagnostics: readonly Diagnostic[],
) {
  const { id, name, title, author, file } = detection;
  return {
    rule: { id: id ?? name, title, author, file },
    target: target.name,
    profile: profile.name,
    queries: queries.map(queryJson),
    diagnostics: [...diagnostics, ...queries.flatMap((query) => query.diagnostics)].map(diagnosticJson),
  };
}

function queryJson({ text, verdict, basis, except, losses, missed, extra, assumptions, reason }: Conversed) {
  return {
    text,
    verdict,
    basis,
    except,
    losses: losses.map(({ feature, effect, why, place }) => ({ feature, effect, why, span: place?.span ?? null })),
    missed,
    extra,
    assumptions,
    reason,
  };
}
