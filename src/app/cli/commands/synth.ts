import { synthesizeEvents } from '../../../prove/synth.ts';
import { aboutFile } from '../../../text/diagnostic.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { valueOf } from '../command.ts';
import type { Options, Run } from '../command.ts';
import { hasError, loadRules, pickOf } from '../rules.ts';
import { usageFault } from '../usage.ts';

/** `assay synth`: events that a rule selects, and some that it just misses, one JSON object a line. */
export const run: Run = async ([word = ''], options, terminal) => {
  const [count, seed] = [wholeNumber(options, 'count', 1), wholeNumber(options, 'seed', 0)];
  const nonsense = [count, seed].filter((each): each is Diagnostic => typeof each === 'object');
  for (const fault of nonsense) terminal.report(fault);
  if (typeof count === 'object' || typeof seed === 'object') return 2;

  const { path, number } = pickOf(word);
  const { detections, diagnostics } = await loadRules([path]);
  for (const each of diagnostics.filter(({ severity }) => severity !== 'info')) terminal.report(each);
  const [chosen, ...others] = number === undefined ? detections : detections.slice(number - 1, number);
  if (detections.length > 0 && (!chosen || others.length > 0)) {
    const message = chosen ? `it holds ${detections.length} rules` : `it has no rule number ${number}`;
    terminal.report(
      aboutFile(path, 'rules/several', message, `choose one from ${path}#1 to ${path}#${detections.length}`),
    );
  }
  if (!chosen || others.length > 0) return 2;

  const made = synthesizeEvents(chosen, {
    ...(count !== undefined && { count }),
    ...(seed !== undefined && { seed }),
  });
  if ('obstacle' in made) {
    terminal.report(aboutFile(chosen.name, 'synth/not-runnable', `no event can be made for it: ${made.obstacle}`));
    return 2;
  }
  for (const each of made.events) await terminal.write(`${JSON.stringify(each)}\n`);
  const matches = made.events.some(({ kind }) => kind === 'match');
  if (!matches)
    terminal.report({
      ...aboutFile(chosen.name, 'synth/never', 'no event was found that it selects', `assay check ${path} may say why`),
      severity: 'warning',
    });
  if (chosen.queries.some(({ then }) => then.length > 0))
    await terminal.note('The rule counts or orders events: those marked "match" pass its filter.\n');
  return hasError(diagnostics) ? 2 : 0;
};

function wholeNumber(options: Options, name: string, least: number): number | undefined | Diagnostic {
  const text = valueOf(options, name);
  if (text === undefined) return undefined;
  const isWhole = /^\d{1,9}$/.test(text) && Number(text) >= least;
  return isWhole ? Number(text) : usageFault(`--${name} takes a whole number from ${least}, not '${text}'`);
}
