/**
 * What a reading or a printed text takes for granted of the index, each as a sentence that a verdict shows.
 * Only those that a text touches are listed with it.
 */
export const assume = {
  folding:
    'lower-casing in the index is taken for Unicode simple folding; they differ for ſ, ς, İ and a few other letters',
  everyField:
    'a test without a field looks at every field (index.query.default_field is `*`), and what is sought stands in a keyword field',
  numbers: 'a number field holds JSON numbers, written as short as they can be',
  mapped: 'an ip field holds no IPv4 address mapped into IPv6, which Elasticsearch takes for the IPv4 address',
  words: 'the standard analyser divides words as Unicode does (UAX #29), and no word is longer than 255 characters',
} as const;

export type Assumption = (typeof assume)[keyof typeof assume];
