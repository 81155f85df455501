import { commands } from '../commands.ts';
import type { Run } from '../command.ts';
import { bash, fish, zsh } from '../completion-scripts.ts';
import { unknownName } from '../usage.ts';

const shells: Readonly<Record<string, (all: typeof commands) => string>> = { bash, zsh, fish };

/** `assay completion`: a script that a shell loads; it is made of the same table as the help. */
export const run: Run = async ([shell = ''], _options, terminal) => {
  if (!Object.hasOwn(shells, shell)) {
    terminal.report(unknownName('completion for the shell', shell, Object.keys(shells)));
    return 2;
  }
  await terminal.write(shells[shell]!(commands));
  return 0;
};
