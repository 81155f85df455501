import type { RegexNode } from './tree.ts';

/** Notes the number of each named group, and counts the groups that capture. */
export function numberGroups(node: RegexNode, numbers: Map<string, number>): number {
  switch (node.kind) {
    case 'concat':
    case 'either':
      return node.of.reduce((sum, part) => sum + numberGroups(part, numbers), 0);
    case 'group':
      if (node.name !== null && node.capture !== null) numbers.set(node.name, node.capture);
      return Number(node.capture !== null) + numberGroups(node.of, numbers);
    case 'repeat':
    case 'look':
      return numberGroups(node.of, numbers);
    default:
      return 0;
  }
}

/** Whether something in `node` gives nothing back. */
export function holds(node: RegexNode): boolean {
  switch (node.kind) {
    case 'concat':
    case 'either':
      return node.of.some(holds);
    case 'group':
      return node.atomic || holds(node.of);
    case 'repeat':
      return node.greed === 'possessive' || holds(node.of);
    case 'look':
      return holds(node.of);
    default:
      return false;
  }
}
