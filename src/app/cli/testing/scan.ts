/** Small scanners that know nothing of the dialects: what a product would take for comment, text and code. */

/** Every character, and pair of them, that some product takes for the end of a line. */
export const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** Where a comment of a language begins, and ends if not with its line, by the extension of its files. */
const styles: Readonly<Record<string, { readonly open: string; readonly close: string | RegExp }>> = {
  spl: { open: '```', close: '```' },
  spl2: { open: '//', close: LINE_END },
  kql: { open: '//', close: LINE_END },
  sql: { open: '--', close: LINE_END },
  ps1: { open: '#', close: LINE_END },
  sh: { open: '#', close: LINE_END },
};

/** Takes away the comments, and the blanks between them, that a text begins with. */
export function withoutComments(text: string, extension: string): string {
  const style = styles[extension];
  if (!style) return text;
  let rest = text;
  for (;;) {
    rest = rest.replace(/^[ \n]+/, '');
    if (!rest.startsWith(style.open) || rest.startsWith('<#')) return rest;
    const inner = rest.slice(style.open.length);
    const end = typeof style.close === 'string' ? inner.indexOf(style.close) : inner.search(style.close);
    if (end === -1) return '';
    rest = inner.slice(end + (typeof style.close === 'string' ? style.close.length : 0));
  }
}

/** A text with nothing left in its quotation marks, or undefined where one is never closed. */
export type Skeleton = string | undefined;

/**
 * PowerShell: any of five apostrophes opens and closes, two of them are one; between `"` a backtick hides what follows,
 * and a `$` is code, but for `$([char]31)`.
 */
export function powershellCode(text: string): Skeleton {
  let code = '';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if ("'\u2018\u2019\u201a\u201b".includes(sign)) {
      for (at += 1; ; at += 1) {
        if (at >= text.length) return undefined;
        if (!"'\u2018\u2019\u201a\u201b".includes(text[at]!)) continue;
        if (at + 1 >= text.length || !"'\u2018\u2019\u201a\u201b".includes(text[at + 1]!)) break;
        at += 1;
      }
      code += "''";
    } else if ('"\u201c\u201d\u201e'.includes(sign)) {
      for (at += 1; ; at += 1) {
        const next = text[at];
        if (next === undefined) return undefined;
        if (next === '`') at += 1;
        else if (next === '$') {
          const [character] = /^\$\(\[char\]\d{1,5}\)/.exec(text.slice(at)) ?? [];
          if (character === undefined) code += '<expansion>';
          else at += character.length - 1;
        } else if ('"\u201c\u201d\u201e'.includes(next)) break;
      }
      code += "''";
    } else code += sign;
  }
  return code;
}

/** Kusto: `"` and `'` with backslashes as escapes, after `@` or `h@` with the mark doubled; none goes over a line's end. */
export function kustoCode(text: string): Skeleton {
  return marked(text, (before) => (before.endsWith('@') ? 'doubled' : 'escaped'), /["']/);
}

/** SQL: `'` and `"`, the mark doubled; after `E` backslashes are escapes as well. */
export function sqlCode(text: string): Skeleton {
  return marked(text, (before) => (/(?:^|\W)[eE]$/.test(before) ? 'both' : 'doubled'), /["']/);
}

function marked(text: string, ruleAfter: (code: string) => 'doubled' | 'escaped' | 'both', marks: RegExp): Skeleton {
  let code = '';
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at]!;
    if (!marks.test(mark)) {
      code += mark;
      continue;
    }
    const rule = ruleAfter(code);
    for (at += 1; ; at += 1) {
      const next = text[at];
      if (next === undefined) return undefined;
      if (next === '\\' && rule !== 'doubled') at += 1;
      else if (next === mark) {
        if (rule === 'escaped' || text[at + 1] !== mark) break;
        at += 1;
      }
    }
    code += `${mark}${mark}`;
  }
  return code;
}
