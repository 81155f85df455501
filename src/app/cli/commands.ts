import type { Command } from './command.ts';

const rulesWord = { name: '<rules...>', what: 'files or folders of Sigma rules; - is standard input' };

/** Every command of the program, in the order of the help. */
export const commands: readonly Command[] = [
  {
    name: 'hunt',
    words: [
      {
        name: '<events...>',
        what: 'files or folders of events: JSON in any layout, .gz and .zip of it; - is standard input',
      },
    ],
    summary: 'run rules over recorded events',
    options: [
      { flags: '--rules <path...>', what: 'files or folders of Sigma rules', required: true },
      { flags: '--format <name>', what: 'how hits are written', choices: ['table', 'ndjson', 'csv', 'html'] },
      { flags: '--summary <file>', what: 'write what was read, skipped, run and hit to a JSON file' },
      { flags: '--level <level>', what: 'only rules of this level or above' },
      { flags: '--status <status>', what: 'only rules of this status; several with commas' },
      {
        flags: '--tag <tag>',
        what: 'only rules with this tag or one below it (t1003 takes t1003.001); several with commas',
      },
      { flags: '--exclude <file>', what: 'leave out the rules whose ids, or files, stand in this file, one a line' },
      { flags: '--since <time>', what: 'only events of this time (ISO 8601, UTC unless it says otherwise) or later' },
      { flags: '--until <time>', what: 'only events of this time or earlier; a date alone means the end of that day' },
      { flags: '--threads <n>', what: 'work with so many threads', choices: ['1'] },
    ],
    examples: [
      { line: 'hunt logs/ --rules rules/', what: 'all hits as a table, then the rules that hit and who wrote them' },
      {
        line: 'hunt evidence.zip --rules rules/ --level high --format ndjson --summary summary.json',
        what: 'one JSON object a hit, with the values that matched and the event; the account in a file',
      },
      { line: 'hunt logs/ --rules rules/ --format html > report.html', what: 'a page that stands alone' },
      { line: 'hunt - --rules rule.yml < events.ndjson', what: 'events from a pipe' },
    ],
    load: () => import('./commands/hunt.ts'),
  },
  {
    name: 'convert',
    words: [rulesWord],
    summary: 'print rules as queries of other products, and say what each is worth',
    options: [
      { flags: '--to <target>', what: "a target, several with commas, or 'all' (see assay targets)", required: true },
      {
        flags: '--fields <profile>',
        what: 'field names of another schema than the usual one of the target: a profile, a mapping file of your own, or a pySigma pipeline',
      },
      { flags: '--format <name>', what: 'text, or all that is known of each query', choices: ['text', 'json'] },
      {
        flags: '--out <folder>',
        what: 'write a file for each rule and target into this folder, and a matrix of verdicts',
      },
      {
        flags: '--set <name=value...>',
        what: 'what a site decides about a target, as assay targets lists it: indices=logs-*',
      },
    ],
    examples: [
      { line: 'convert rule.yml --to splunk', what: 'the query, with its verdict and author in a comment' },
      {
        line: 'convert rules/ --to all --out queries/',
        what: 'a file for each rule and target, a matrix of verdicts, and why some are not exact',
      },
      {
        line: 'convert rule.yml --to xpack-watcher --set indices=logs-* recipient=soc@example.org',
        what: 'a command that stores a watch',
      },
      {
        line: 'convert rule.yml --to es-qs --fields ecs --format json',
        what: 'with losses, witnesses and assumptions',
      },
    ],
    load: () => import('./commands/convert.ts'),
  },
  {
    name: 'compare',
    words: [
      { name: '<a>', what: 'a file (rule.yml, search.spl), FILE#N for its Nth query, splunk:QUERY or splunk:@FILE' },
      { name: '<b>', what: 'another' },
      { name: '[more...]', what: 'and more: all are compared with all' },
    ],
    summary: 'decide whether detections select the same events, and show an event for each difference',
    options: [
      { flags: '--ignore <what>', what: "'logsource': compare what is asked of an event, whichever log it is from" },
      {
        flags: '--fields <profile>',
        what: 'field names of the queries, and in which rules are compared: a profile, a mapping file of your own, or a pySigma pipeline',
      },
      { flags: '--format <name>', what: 'how the answer is written', choices: ['text', 'json'] },
    ],
    examples: [
      { line: 'compare old.yml new.yml', what: 'does the new version lose anything?' },
      { line: `compare rule.yml 'splunk:EventCode=1 CommandLine="*comsvcs*"'`, what: 'a rule and a search' },
      { line: 'compare rules.yml#1 rules.yml#2 es-qs:@alert.lucene --format json', what: 'all pairs, for scripts' },
    ],
    load: () => import('./commands/compare.ts'),
  },
  {
    name: 'prove',
    words: [rulesWord],
    summary: 'say what printed queries are worth, and have real engines run them over events made for each rule',
    options: [
      { flags: '--to <target>', what: "a target, several with commas, or 'all' (see assay targets)", required: true },
      { flags: '--engine <name>', what: 'only these engines, several with commas: duckdb, lucene' },
      { flags: '--events <path...>', what: 'recorded events to try each rule on as well (20,000 at most)' },
      {
        flags: '--fields <profile>',
        what: 'field names of another schema: a profile, a mapping file of your own, or a pySigma pipeline',
      },
      { flags: '--format <name>', what: 'how proofs are written', choices: ['text', 'json'] },
    ],
    examples: [
      {
        line: 'prove rules/ --to duckdb,es-qs',
        what: 'exit status 1 if an engine contradicts a verdict or can not run a query; a verdict that is not exact is no failure',
      },
      { line: 'prove rule.yml --to duckdb --events logs/ --format json', what: 'with counts by class of value' },
    ],
    load: () => import('./commands/prove.ts'),
  },
  {
    name: 'synth',
    words: [{ name: '<rule>', what: 'a file of rules; FILE#N takes the Nth of it' }],
    summary: 'make events that a rule selects, and some that it just misses',
    options: [
      { flags: '--count <n>', what: 'at most so many events of each kind: match, near-miss, awkward (100)' },
      { flags: '--seed <n>', what: 'take other values; the same seed gives the same events (0)' },
    ],
    examples: [
      { line: 'synth rule.yml', what: 'one JSON object a line: what it is, why, and the event' },
      { line: 'synth rule.yml | jq -c \'select(.kind == "match").event\' > events.ndjson', what: 'events to hunt in' },
    ],
    load: () => import('./commands/synth.ts'),
  },
  {
    name: 'explain',
    words: [
      { name: '<rule>', what: 'a file of rules; FILE#N takes the Nth of it' },
      { name: '<event>', what: 'a file of events; FILE#N takes the record that hunt calls N; or an event as JSON' },
    ],
    summary: 'say why a rule selects an event or does not, test by test',
    options: [],
    examples: [
      { line: 'explain rule.yml events.ndjson#42', what: 'the event on line 42' },
      { line: `explain rule.yml '{"EventID":1,"Image":"C:\\\\x.exe"}'`, what: 'an event written down' },
    ],
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'check',
    words: [rulesWord],
    summary: 'find faults in rules: what can not be read, can never match, changes nothing, or breaks a convention',
    options: [
      { flags: '--format <name>', what: 'how findings are written', choices: ['text', 'json', 'sarif', 'junit'] },
      {
        flags: '--baseline <file>',
        what: 'findings to pass over: what --format json wrote before; only new ones count',
      },
      { flags: '--fix', what: 'change what is mechanical in the files (dates, the case of tags), and show the change' },
      { flags: '--duplicates', what: 'also find rules that are equivalent to, or contained in, one another' },
    ],
    examples: [
      { line: 'check rules/', what: 'exit status 1 if there is an error' },
      { line: 'check rules/ --duplicates --format json', what: 'for scripts' },
      { line: 'check rules/ --format json > known.json', what: 'a baseline of what is known' },
      { line: 'check rules/ --baseline known.json', what: 'only what is new' },
    ],
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'new',
    words: [{ name: '<title>', what: 'what the rule finds, in a few words' }],
    summary: 'write a rule with samples to fill in',
    options: [{ flags: '--out <folder>', what: 'write a file named from the title; one that exists is left alone' }],
    examples: [
      { line: "new 'Dump of LSASS by Comsvcs' > rule.yml", what: 'the rule on standard output' },
      { line: "new 'Dump of LSASS by Comsvcs' --out rules/", what: 'rules/dump_of_lsass_by_comsvcs.yml' },
    ],
    load: () => import('./commands/new.ts'),
  },
  {
    name: 'events',
    words: [{ name: '<files...>', what: 'files or folders of events; - is standard input' }],
    summary: 'write the events of any file as one JSON object a line',
    options: [],
    examples: [
      { line: 'events evidence.zip > events.ndjson', what: 'unpacked, one event a line' },
      { line: 'events array.json | head -1', what: 'the first event' },
    ],
    load: () => import('./commands/events.ts'),
  },
  {
    name: 'targets',
    words: [],
    summary: 'list what rules can be converted to',
    options: [{ flags: '--format <name>', what: 'how the list is written', choices: ['text', 'json'] }],
    examples: [{ line: 'targets', what: 'name, schema and file extension of each' }],
    load: () => import('./commands/targets.ts'),
  },
  {
    name: 'demo',
    words: [],
    summary: 'hunt a made-up intrusion with the rules that come along',
    options: [],
    examples: [{ line: 'demo', what: 'a timeline of hits, and who detects which command line' }],
    load: () => import('./commands/demo.ts'),
  },
  {
    name: 'completion',
    words: [{ name: '<shell>', what: 'bash, zsh or fish' }],
    summary: 'write a script that completes commands and options',
    options: [],
    examples: [
      { line: 'completion bash > ~/.local/share/bash-completion/completions/assay', what: 'for bash' },
      { line: 'completion zsh > ~/.zfunc/_assay', what: 'for zsh' },
      { line: 'completion fish > ~/.config/fish/completions/assay.fish', what: 'for fish' },
    ],
    load: () => import('./commands/completion.ts'),
  },
];
