import { defineConfig } from 'vitest/config';

export default defineConfig({
  logLevel: 'error',
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/one-temp-folder.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Their published code imports JSON without saying so, which Node refuses and Vite understands.
    server: { deps: { inline: [/@actions\/(languageservice|workflow-parser|expressions)/] } },
  },
});
