// The service of a test file: runs before its first test, ends after its last.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { ServiceProcess } from '../harness/service.mjs';

// settings are variables of its environment
export function serviceOfFile(settings) {
  const folder = mkdtempSync(join(tmpdir(), 'datapipeline-faults-'));
  const service = new ServiceProcess(join(folder, 'data'), settings);
  before(() => service.start());
  after(async () => {
    await service.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });
  return service;
}
