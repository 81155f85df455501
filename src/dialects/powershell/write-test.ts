import { atomFeatures } from '../../ir/features.ts';
import type { Feature } from '../../ir/features.ts';
import { compilePattern } from '../../ir/match-pattern.ts';
import { isAnything, literal, normal } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import type { Atom, Compare, Keyword } from '../../ir/predicate.ts';
import { foldClass } from '../../ir/fold.ts';
import { dotnet } from '../../ir/regex/flavours.ts';
import { compileRegex } from '../../ir/regex/match.ts';
import { printRegex } from '../../ir/regex/print.ts';
import type { Regex, RegexNode } from '../../ir/regex/tree.ts';
import type { Profile } from '../../schema/profile.ts';
import { networkRegex } from '../network-regex.ts';
import { patternTree } from '../pattern-tree.ts';
import type { Noted } from './assumptions.ts';
import { NUMBER, propertyOf } from './names.ts';
import { quoted, wildcard } from './text.ts';

/** A test that PowerShell can't say, by the feature that it needs. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly feature: Feature;
  readonly origin: number | undefined;
  constructor(atom: Atom, why: string) {
    super(why);
    this.feature = [...atomFeatures(atom)][0]!;
    this.origin = atom.origin;
  }
}

/** What writes tests for one query, and what they need before them. */
export interface Writing {
  readonly profile: Profile;
  readonly noted: Noted;
  readonly needs: Set<'data' | 'values'>;
  /** Names by their small letters: a hashtable does not heed case. */
  readonly names: Map<string, string>;
}

/** One test as a condition of PowerShell; notes what it needs before it. */
export function testOf(atom: Atom, writing: Writing): string {
  if (atom.kind === 'keyword') return keywordTest(atom, writing);
  if (typeof atom.field !== 'string') return messageTest(atom, writing);
  const property = propertyOf(atom.field, writing.profile);
  const place =
    property === undefined
      ? dataPlace(atom.field, writing)
      : { left: `$_.${property}`, there: `$null -ne $_.${property}` };
  switch (atom.kind) {
    case 'exists':
      return place.there;
    case 'like':
      if (isAnything(atom.pattern)) return place.there;
      return valueTest(place, likeOf(atom.pattern, atom.cased, writing));
    case 'equal': {
      const text =
        typeof atom.value === 'number' && property !== undefined ? String(atom.value) : quoted(String(atom.value));
      return `${place.left} -eq ${text}`;
    }
    case 'regex':
      return valueTest(place, matchOf(atom, atom.regex));
    case 'cidr': {
      const of: RegexNode[] = [
        { kind: 'anchor', at: 'text-start' },
        networkRegex(atom.network),
        { kind: 'anchor', at: 'very-end' },
      ];
      return valueTest(place, matchOf(atom, alone({ kind: 'concat', of })));
    }
    case 'compare':
      return compareTest(atom, place.left);
    case 'term':
    case 'sameAs':
      throw new Refusal(atom, 'it is not written');
  }
}

interface Place {
  readonly left: string;
  readonly there: string;
}

function dataPlace(field: string, { needs, names, noted }: Writing): Place {
  needs.add('data');
  const key = field.toLowerCase();
  if ((names.get(key) ?? field) !== field) noted.add('caseOfNames');
  names.set(key, field);
  return { left: `$d[${quoted(field)}]`, there: `$d.ContainsKey(${quoted(field)})` };
}

/** An operator and its right side, and whether it holds of the empty text, which `$null` is taken for. */
interface Test {
  readonly text: string;
  readonly empty: boolean;
}

/** What a list leaves over is true if it holds anything but one empty text; `$null` must not be looked at in its place. */
function valueTest({ left, there }: Place, { text, empty }: Test): string {
  if (!empty) return `${left} ${text}`;
  return text.endsWith("eq ''") ? `${left} -contains ''` : `(${there} -and @(@(${left}) ${text}).Count -gt 0)`;
}

function likeOf(written: Pattern, cased: boolean, { noted }: Writing): Test {
  const pattern = normal(written);
  if (!cased && pattern.some((piece) => typeof piece === 'string' && foldsBeyondAscii(piece))) noted.add('folding');
  const whole = literal(pattern);
  const c = cased ? 'c' : '';
  const isPlain = pattern.every((piece) =>
    typeof piece === 'string' ? !/[\u0000-\u001f]/.test(piece) : piece.wild === 'many',
  );
  if (!isPlain)
    return { text: matchText(alone(patternTree(pattern, cased))), empty: compilePattern(pattern, cased)('') };
  if (whole !== undefined) return { text: `-${c}eq ${quoted(whole)}`, empty: whole === '' };
  return { text: `-${c}like ${quoted(wildcard(pattern))}`, empty: false };
}

function foldsBeyondAscii(piece: string): boolean {
  return (
    /[^\0-\x7f]/.test(piece) &&
    [...piece].some((letter) => letter > '\u007f' && foldClass(letter.codePointAt(0)!).length > 1)
  );
}

function matchOf(atom: Atom, regex: Regex): Test {
  const compiled = compileRegex(regex);
  try {
    return { text: matchText(regex), empty: 'refused' in compiled || compiled('') };
  } catch (fault) {
    if (!(fault instanceof Lacking)) throw fault;
    throw new Refusal(atom, fault.message);
  }
}

class Lacking extends Error {
  override readonly name = 'Lacking';
}

/** `-match` folds case, `-cmatch` does not. */
function matchText(regex: Regex): string {
  const printed = printRegex(regex, dotnet);
  if ('refused' in printed) throw new Lacking(printed.refused);
  const { text } = printed;
  return text.startsWith('(?i)') ? `-match ${quoted(text.slice(4))}` : `-cmatch ${quoted(text)}`;
}

function alone(tree: RegexNode): Regex {
  return { source: '\u0000', flags: { ignoreCase: false, multiline: false, dotAll: false }, tree };
}

const ORDERS = { '<': '-lt', '<=': '-le', '>': '-gt', '>=': '-ge', '=': '-eq' } as const;

/** The values that are numbers, and of them those that stand in that order. */
function compareTest({ order, value }: Compare, left: string): string {
  return `(@(${left}) -match ${quoted(NUMBER)} | Where-Object { [double]$_ ${ORDERS[order]} ${value} })`;
}

function keywordTest(keyword: Keyword, writing: Writing): string {
  const { test } = keyword;
  writing.needs.add('values');
  const written = test.kind === 'regex' ? matchOf(keyword, test.regex) : likeOf(test.pattern, test.cased, writing);
  if (written.empty || (test.kind === 'like' && isAnything(test.pattern)))
    throw new Refusal(keyword, 'an empty value is no text in the XML of an event');
  return `$v ${written.text}`;
}

function messageTest(atom: Exclude<Atom, Keyword>, writing: Writing): string {
  if (typeof atom.field === 'string' || atom.field.rendered !== 'windows-message')
    throw new Refusal(atom, 'PowerShell shows the message of an event, not this form of it');
  writing.noted.add('message');
  if (atom.kind === 'regex') return `$_.Message ${matchOf(atom, atom.regex).text}`;
  if (atom.kind === 'like') return `$_.Message ${likeOf(atom.pattern, atom.cased, writing).text}`;
  throw new Refusal(atom, 'a message is no such value');
}
