import type { Proof } from '../../prove/prove.ts';
import type { Executed } from '../../prove/run-engine.ts';

/** A proof as `prove --format json` writes it. */
export function proofJson({
  detection,
  target,
  verdict,
  basis,
  except,
  missed,
  extra,
  engines,
  reason,
  ...rest
}: Proof) {
  const { id, name, title, author, file } = detection;
  return {
    rule: { id: id ?? name, title, author, file },
    target: target.name,
    verdict,
    basis,
    except,
    missed,
    extra,
    engines: Object.fromEntries(Object.entries(engines).map(([engine, executed]) => [engine, executedJson(executed)])),
    reason,
    assumptions: rest.assumptions,
    failures: rest.failures,
  };
}

function executedJson(executed: Executed) {
  switch (executed.kind) {
    case 'run': {
      const { events, agree, told, classes } = executed;
      return { events, agree, told, classes: Object.fromEntries(classes) };
    }
    case 'skipped':
      return { events: 0, agree: 0, skipped: `not installed: ${executed.install}` };
    case 'failed':
      return { events: 0, agree: 0, failed: executed.message };
    case 'nothing':
      return { events: 0, agree: 0, skipped: executed.why };
  }
}
