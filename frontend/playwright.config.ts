import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from '@playwright/test';

/** The browser tests run in the Chromium of this machine, against the running service that E2E_BASE_URL names. */
export default defineConfig({
  testDir: 'e2e',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 2,
  // The tests that measure time run alone, after the others.
  projects:
    process.env.README_PICTURES === undefined
      ? [
          { name: 'flows', testIgnore: ['heavy.spec.ts', 'readme-pictures.spec.ts'] },
          { name: 'performance', testMatch: 'heavy.spec.ts', dependencies: ['flows'] },
        ]
      : [{ name: 'pictures', testMatch: 'readme-pictures.spec.ts' }],
  forbidOnly: true,
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    baseURL: process.env.E2E_BASE_URL ?? 'http://localhost:8080',
    actionTimeout: 20_000,
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? chromiumOnPath(),
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});

function chromiumOnPath(): string {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => existsSync(file));
  if (found === undefined) {
    throw new Error('No Chromium on the PATH. Install one, or name it in the environment variable CHROMIUM.');
  }
  return found;
}
