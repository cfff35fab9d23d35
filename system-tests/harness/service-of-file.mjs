// The service of a test file: runs before its first test, ends after its last.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { Service } from './service.mjs';

// settings are variables of its environment; prepare runs once the service is ready (hooks of a file's top level do not wait for each other).
export function serviceOfFile(settings, prepare = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'datapipeline-test-'));
  const service = new Service(join(folder, 'data'), settings);
  before(async () => {
    await service.start();
    await prepare();
  });
  after(async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return service;
}
