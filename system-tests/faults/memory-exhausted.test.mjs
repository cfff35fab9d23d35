// A Java process without memory ends at once instead of going on half dead; its next start goes on.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Service } from '../harness/service.mjs';
import { atPoint, crashPoints } from './crash-points.mjs';
import { KnownRun } from './known-run.mjs';
import { assertTidy } from './leftovers.mjs';

// What Java ends with after -XX:+ExitOnOutOfMemoryError.
const OUT_OF_MEMORY = 3;

const folder = mkdtempSync(join(tmpdir(), 'datapipeline-faults-'));
const service = new Service(join(folder, 'data'), { JAVA_TOOL_OPTIONS: '-Xmx256m' });

before(() => service.start());

after(async () => {
  await service.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

test('a service whose heap is used up ends, and goes on at its next start', async (t) => {
  const run = await new KnownRun(service, { records: 200 }).submit();
  const before = await run.afterBatches(3);

  atPoint(
    crashPoints.find(({ name }) => name === 'results durable, end not recorded'),
    'java.nio.ByteBuffer.allocate(2000000000)',
    service,
    folder,
  );
  assert.equal(await service.endedBy('too little memory'), OUT_OF_MEMORY);
  assert.match(service.log, /Terminating due to java.lang.OutOfMemoryError/);
  await service.start();

  await run.assertGoesOn(t);
  await run.assertWhole(before);
  await assertTidy(service);
});
