import { readDemoContent } from '../../demo/content.ts';
import { drawDemo } from '../../demo/demo.ts';
import { ansi, plain } from '../../demo/draw.ts';
import type { Run } from '../command.ts';

/** Columns that the demo fills where there is no terminal to ask. */
const WIDTH = 100;

/** `assay demo`: a made-up intrusion, hunted with the rules that come along. */
export const run: Run = async (_words, _options, terminal) => {
  const text = drawDemo(readDemoContent(), terminal.width ?? WIDTH, terminal.styled ? ansi : plain);
  await terminal.write(text);
  return 0;
};
