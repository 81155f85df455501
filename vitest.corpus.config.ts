import { defineConfig } from 'vitest/config';

/** The long run: everything that reads the public test data laid beside the repository, if it is there. */
export default defineConfig({
  test: {
    include: ['corpus/**/*.test.ts'],
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
    pool: 'threads',
    maxWorkers: 2,
    disableConsoleIntercept: true,
  },
});
