import type { Flavour } from './flavours.ts';

/** Thrown where a flavour can't say a thing; caught in `printRegex`. */
export class Lack extends Error {
  override readonly name = 'Lack';
}

/** Says that `flavour` has no `what`. */
export function lack(flavour: Flavour, what: string): never {
  throw new Lack(`${flavour.title} can not say it: ${what}`);
}
