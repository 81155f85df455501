/**
 * Writes a row as RFC 4180 has it, with its line end. A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP,
 * "CSV Injection"): event logs hold what attackers write.
 */
export function csvRow(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
