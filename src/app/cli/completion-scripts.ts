import type { Command, Option } from './command.ts';

/** The long name of an option with its dashes: `--format`. */
function longName({ flags }: Option): string {
  return /--[\w-]+/.exec(flags)![0];
}

/** A script for bash: commands, then the options of the one that was typed, the choices of an option, else files. */
export function bash(commands: readonly Command[]): string {
  const cases = commands.map(({ name, options }) => {
    const choices = options.flatMap((option) =>
      option.choices
        ? [`      ${longName(option)}) COMPREPLY=($(compgen -W '${option.choices.join(' ')}' -- "$word")); return ;;`]
        : [],
    );
    const names = [...options.map(longName), '--help'].join(' ');
    const inner = choices.length === 0 ? '' : `      case "$before" in\n  ${choices.join('\n  ')}\n      esac\n`;
    return `    ${name})\n${inner}      options='${names}' ;;`;
  });
  return `# bash completion for assay
_assay() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" options=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${[...commands.map(({ name }) => name), 'help'].join(' ')} --help --version' -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
    help) COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$word")); return ;;
    completion) COMPREPLY=($(compgen -W 'bash zsh fish' -- "$word")); return ;;
${cases.filter((each) => !each.startsWith('    completion)')).join('\n')}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
  esac
}
complete -o default -o bashdefault -F _assay assay
`;
}

/** A script for zsh, with what each command and option is for. */
export function zsh(commands: readonly Command[]): string {
  const list = commands.map(({ name, summary }) => `    '${name}:${zshText(summary)}'`).join('\n');
  const cases = commands
    .map(({ name, options }) => {
      const specs = options.map((option) => {
        const value = takesValue(option) ? `:value:${option.choices ? `(${option.choices.join(' ')})` : '_files'}` : '';
        return `'${takesSeveral(option) ? '*' : ''}${longName(option)}[${zshText(option.what)}]${value}'`;
      });
      const rest = name === 'completion' ? "'*:shell:(bash zsh fish)'" : "'*:file:_files'";
      return `    ${name}) _arguments ${[...specs, rest].join(' \\\n      ')} ;;`;
    })
    .join('\n');
  return `#compdef assay
_assay() {
  local -a commands
  commands=(
${list}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases}
  esac
}
compdef _assay assay
`;
}

/** A script for fish. */
export function fish(commands: readonly Command[]): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = commands.flatMap(({ name, summary, options }) => [
    `complete -c assay -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...options.map((option) => {
      const values = option.choices ? ` -f -a ${quoted(option.choices.join(' '))}` : '';
      const needs = takesValue(option) ? ' -r' : '';
      return `complete -c assay -n '__fish_seen_subcommand_from ${name}' -l ${longName(option).slice(2)}${needs}${values} -d ${quoted(option.what)}`;
    }),
  ]);
  const shells = "complete -c assay -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'";
  return `# fish completion for assay\n${[...lines, shells].join('\n')}\n`;
}

function takesValue({ flags }: Option): boolean {
  return /[<[]/.test(flags);
}

function takesSeveral({ flags }: Option): boolean {
  return flags.includes('...');
}

/** Brackets, colons and quotes mean something in zsh's specifications. */
function zshText(text: string): string {
  return text.replaceAll("'", '’').replace(/[[\]:\\]/g, (mark) => `\\${mark}`);
}
