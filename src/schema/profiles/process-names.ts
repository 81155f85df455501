import type { Mapping } from '../profile.ts';

/** The file name at the end of a path. */
export function fileName(field: string): Mapping {
  return { kind: 'last', field, by: '\\' };
}

/** What many schemas call the parts of a process: the file's name apart from its path. */
export function processNames(child: string, parent: string): Readonly<Record<string, Mapping>> {
  return { [child]: fileName('Image'), [parent]: fileName('ParentImage') };
}
