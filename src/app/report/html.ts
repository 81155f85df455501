/** Text as HTML shows it; nothing in it can be a tag, an entity or the end of an attribute. */
export function escaped(text: string): string {
  return text.replace(
    /[&<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g,
    (character) => entities[character] ?? '\ufffd',
  );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A path, command line or other long value: it may break after each backslash, and keeps its direction to itself. */
export function value(text: string): string {
  return `<bdi>${escaped(text).replaceAll('\\', '\\<wbr>')}</bdi>`;
}
