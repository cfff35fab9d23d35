// A fast service that gives something else would be no use: its results are compared with those of plain Python.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { REFERENCES_FOLDER } from '../measurements/references.mjs';
import { run } from './command.mjs';

// Downloads the last W1 while the service is up; nothing to do where W1 was not measured against its reference.
export async function keepResults(context) {
  if (!context.lastLargeRun || !context.bareResults) {
    return;
  }
  context.serviceResults = join(context.folder, 'service.ndjson');
  const file = createWriteStream(context.serviceResults);
  await context.service.client.downloadResults(context.lastLargeRun.id, 'states', (piece) =>
    file.write(piece),
  );
  await new Promise((resolve) => file.end(resolve));
}

export async function checkSameResults(context) {
  if (context.serviceResults) {
    await run('python3', [
      join(REFERENCES_FOLDER, 'compare.py'),
      context.bareResults,
      context.serviceResults,
    ]);
    console.log('The service and plain Python gave the same states for every record.');
  }
}
