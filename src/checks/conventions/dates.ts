import type { ScalarNode } from '../../formats/sigma/yaml/tree.ts';
import { replacing, say, startOf, textsAt } from './rule-text.ts';
import type { Finding, RuleText } from './rule-text.ts';

/**
 * Dates that are none, or not written `YYYY-MM-DD` (specification 2.0; version 1 wrote `YYYY/MM/DD`), and a rule that
 * was modified before it was made. Whether a date lies ahead is not asked: that depends on the day.
 */
export function checkDates(rule: RuleText): Finding[] {
  const [date, modified] = ['date', 'modified'].map((name) => textsAt(rule, name)[0]);
  if (date === undefined && modified === undefined)
    return [say(rule, 'info', 'date-missing', { message: 'the rule has no date', span: startOf(rule) })];
  const found = [date, modified].flatMap((node) => (node === undefined ? [] : checkDate(rule, node)));
  const [made, changed] = [date, modified].map((node) => (node === undefined ? undefined : isoDate(node.text)));
  if (modified && made !== undefined && changed !== undefined && changed < made)
    found.push(
      say(rule, 'warning', 'date-order', {
        message: `the rule was modified (${changed}) before it was made (${made})`,
        span: modified.span,
      }),
    );
  return found;
}

function checkDate(rule: RuleText, node: ScalarNode): Finding[] {
  const { text, span } = node;
  const iso = isoDate(text);
  if (iso === text) return [];
  if (iso === undefined)
    return [say(rule, 'error', 'date-invalid', { message: `'${text}' is no date`, span, hint: 'write YYYY-MM-DD' })];
  const message = `the date '${text}' is not written as YYYY-MM-DD`;
  return [say(rule, 'warning', 'date-format', { message, span, hint: `write ${iso}`, ...replacing(rule, node, iso) })];
}

/** A day as ISO 8601 writes it, if the text is one that starts with its year; a day that no month has is none. */
function isoDate(text: string): string | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text.trim()) ?? [];
  if (year === '') return undefined;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(iso) ? iso : undefined;
}
