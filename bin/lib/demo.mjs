// Submits an example through the public API, as any client would, and shows what becomes of it.
// usage: node demo.mjs SERVICE_ADDRESS EXAMPLE_FOLDER
import { stdout } from 'node:process';
import { Client } from '../../system-tests/harness/client.mjs';
import { submitExample } from '../../system-tests/harness/example.mjs';
import { progressLine, recordLines, summaryLines } from './run-text.mjs';

const SHOWN_RECORDS = 4;

async function main([service, folder]) {
  const client = new Client(service);
  const submitted = await submitExample(client, folder);
  const progress = new Progress();
  const run = await client.waitUntilFinal(submitted.id, { onProgress: (seen) => progress.show(seen) });
  progress.end();
  const records = await client.records(run.id, { limit: SHOWN_RECORDS });
  const lines = [
    ...summaryLines(run),
    '',
    ...records.flatMap(recordLines),
    '',
    `See it at ${service}/runs/${run.id}`,
  ];
  stdout.write(`${lines.join('\n')}\n`);
  return run.status === 'SUCCEEDED' || run.status === 'PARTIAL' ? 0 : 1;
}

// One line that is drawn over on a terminal; elsewhere a line whenever the numbers moved.
class Progress {
  #last = '';

  show(run) {
    const line = progressLine(run);
    if (line === this.#last) {
      return;
    }
    this.#last = line;
    stdout.write(stdout.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  }

  end() {
    stdout.write(stdout.isTTY ? '\n\n' : '\n');
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`The example could not be run: ${error.message}`);
  process.exitCode = 1;
}
