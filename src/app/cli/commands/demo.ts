import { readDemoContent } from '../../demo/content.ts';
import { drawDemo } from '../../demo/demo.ts';
import { ansi, plain } from '../../demo/draw.ts';
import type { Run } from '../command.ts';

/** Columns: at least so many that the table holds together, at most so many that a line can be followed. */
const columns = { least: 88, usual: 100, most: 120 };

/** `assay demo`: hunts the bundled morning and shows who detects which command line. */
export const run: Run = async (_words, _options, terminal) => {
  const width = Math.min(Math.max(terminal.width ?? columns.usual, columns.least), columns.most);
  await terminal.write(drawDemo(readDemoContent(), width, terminal.styled ? ansi : plain));
  return 0;
};
