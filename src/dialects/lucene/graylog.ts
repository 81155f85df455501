import type { Profile } from '../../schema/profile.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import type { Capability, Dialect, Parsed, Printed } from '../dialect.ts';
import { assume } from './assumptions.ts';
import { capabilities } from './capabilities.ts';
import type { Flavour } from './flavour.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { tokenize } from './tokens.ts';
import type { Token } from './tokens.ts';

const noEmpty: Capability = {
  effect: 'narrower',
  why: 'Graylog cuts blanks off both ends of a value, and keeps no value that is empty then',
};

const flavour: Flavour = {
  // `allow_leading_wildcard_searches` is off as Graylog ships, and does not concern expressions.
  leadingWildcard: false,
  lacks: foreignName,
  answers: { 'like.empty': noEmpty },
};

/** After Graylog's `Message`: `VALID_KEY_CHARS`, and what `toElasticSearchObject` makes of dots. */
function foreignName(field: string): string | undefined {
  if (/^[\w@-]+$/.test(field)) return undefined;
  if (/^[\w.@-]+$/.test(field)) return `Graylog has no field '${field}': it keeps a dot in a name as an underscore`;
  return `Graylog has no field '${field}': it takes letters, digits, \`_\`, \`-\` and \`@\` in names`;
}

/**
 * The search bar of Graylog 3 and later, which hands its text to the query_string of Elasticsearch or OpenSearch after
 * it has put values in place of search parameters, `$name$`.
 */
export const graylog: Dialect = {
  name: 'graylog',
  title: 'Graylog search',
  reference: 'https://go2docs.graylog.org/current/making_sense_of_your_log_data/search_syntax_reference.htm',
  extension: 'lucene',
  capabilities: (profile) => ({ ...capabilities(profile), ...flavour.answers }),
  print: (query, profile) => withoutParameters(print(query, profile, flavour)),
  parse: parseGraylog,
};

/** Graylog's `QueryStringParser.PLACEHOLDER_PATTERN`. */
const PARAMETER = /\$[a-zA-Z_]\w*\$/;

/** A second dollar that would end the name of a parameter gets a backslash: to Lucene it is the same character. */
function withoutParameters(printed: Printed): Printed {
  if (printed.kind === 'refused' || !PARAMETER.test(printed.text)) return printed;
  return { ...printed, text: printed.text.replace(/(?<=\$[a-zA-Z_]\w*)\$/g, '\\$') };
}

function parseGraylog(source: Source, profile: Profile): Parsed {
  const parameter = PARAMETER.exec(source.text);
  if (parameter) return { queries: [], diagnostics: [parameterFault(source, parameter)], assumptions: [] };
  const read = parse(source, profile);
  const leads = read.queries.length > 0 && tokenize(source).some(isLeading);
  return leads ? { ...read, assumptions: [...read.assumptions, assume.leading] } : read;
}

/** Also a word that Lucene takes for one: `\*a*`. */
function isLeading({ kind, text }: Token): boolean {
  return kind === 'wildcard' ? /^[*?]/.test(text) : kind === 'prefix' && text.startsWith('\\*');
}

function parameterFault(source: Source, { index, 0: name }: RegExpExecArray): Diagnostic {
  return {
    code: 'graylog/parameter',
    severity: 'error',
    message: `\`${name}\` is a search parameter, whose value is not known here`,
    source,
    span: { start: index, end: index + name.length },
    hint: 'put its value in its place, or escape the second `$`',
  };
}
