#!/usr/bin/env node
/** The program's entry: answers `--version` at once, and loads all else only when something else is asked for. */
import { readFileSync } from 'node:fs';

const version = (): string => {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
};

const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) process.stdout.write(`${version()}\n`);
else {
  // Whoever reads the output may stop early (`| head`); that is no fault.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  try {
    const { main } = await import('./main.ts');
    process.exitCode = await main(words, version());
  } catch (error) {
    // Bad input ends in diagnostics; what arrives here is our own fault. 1 would say that a test failed.
    process.stderr.write(
      `assay: this is a bug in assay ${version()}, please report it\n${String(error instanceof Error ? error.stack : error)}\n`,
    );
    process.exitCode = 2;
  }
}
