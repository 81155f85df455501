/** What a text takes for granted of the table, each as a sentence that a verdict shows. */
export const assume = {
  caseOfNames: 'no two columns differ by the case of their names alone, which DuckDB does not tell apart',
  lower: 'ILIKE and lower() are taken for Unicode simple folding; they differ for ſ, ς, İ and a few other letters',
  text: 'every column is a text (VARCHAR), or a list of texts where the profile says that it may hold several values',
} as const;
