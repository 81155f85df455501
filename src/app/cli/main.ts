import { Command as Program, CommanderError, Option as ProgramOption } from 'commander';
import type { Command, Option, Options, Status } from './command.ts';
import { commands } from './commands.ts';
import { openTerminal } from './terminal.ts';
import { usageFault } from './usage.ts';

/** Runs the program on the words of its command line; returns the exit status. */
export async function main(words: readonly string[], version: string): Promise<Status> {
  const terminal = openTerminal(process.stdout, process.stderr, process.env);
  let status: Status = 0;
  const program = programOf(version, async (command, values, options) => {
    const missing = command.options.find(({ flags, required }) => required && options[nameOf(flags)] === undefined);
    if (missing) {
      terminal.report(usageFault(`${command.name} needs ${missing.flags}: ${missing.what}`));
      status = 2;
      return;
    }
    const { run } = await command.load();
    status = await run(values, options, terminal);
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has said what is wrong, or has printed the help that was asked for.
    status = error.exitCode === 0 ? 0 : 2;
  }
  terminal.progress('');
  await terminal.flush();
  return status;
}

type Act = (command: Command, words: readonly string[], options: Options) => Promise<void>;

function programOf(version: string, act: Act): Program {
  const program = new Program('assay')
    .description('Write a detection once. Prove it. Run it anywhere.')
    .version(version)
    .exitOverride()
    .showHelpAfterError("(run 'assay help' for the commands, 'assay help COMMAND' for one of them)")
    .addHelpText('after', '\nExit status: 0 done, 1 what was tested fails, 2 bad input or usage.');
  for (const command of commands) addCommand(program, command, act);
  return program;
}

function addCommand(program: Program, command: Command, act: Act): void {
  const examples = command.examples.map(({ line, what }) => `  $ assay ${line}\n      ${what}`).join('\n');
  const added = program
    .command(command.name)
    .summary(command.summary)
    .description(command.summary)
    .exitOverride()
    .showHelpAfterError(`(run 'assay help ${command.name}' for its options)`)
    .addHelpText('after', `\nExamples:\n${examples}`);
  for (const { name, what } of command.words) added.argument(name, what);
  for (const option of command.options) added.addOption(optionOf(option));
  // Commander hands over one value for each word, then the options.
  added.action(async (...given: readonly unknown[]) => {
    const values = given.slice(0, command.words.length).flat() as (string | undefined)[];
    await act(
      command,
      values.filter((value) => value !== undefined),
      added.opts<Options>(),
    );
  });
}

function optionOf({ flags, what, choices }: Option): ProgramOption {
  const option = new ProgramOption(flags, what);
  return choices ? option.choices(choices).default(choices[0]) : option;
}

/** The name under which commander keeps an option: `--fail-under <n>` is `failUnder`. */
function nameOf(flags: string): string {
  return new ProgramOption(flags).attributeName();
}
