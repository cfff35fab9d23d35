// Submits an example through the public API, as any client would, and shows what becomes of it.
// usage: node demo.mjs SERVICE_ADDRESS EXAMPLE_FOLDER [BUDGET], the budget of its model calls in dollars
import { stdout } from 'node:process';
import { Client } from '../../system-tests/harness/client.mjs';
import { submitExample } from '../../system-tests/harness/example.mjs';
import { moneyLines, progressLine, recordLines, summaryLines } from './run-text.mjs';

const SHOWN_RECORDS = 4;
// What a run that has used up its budget may need in all.
const TIMES_THE_BUDGET = 10;

async function main([service, folder, budget]) {
  const client = new Client(service);
  const submitted = await submitExample(client, folder, budget ? { llm: { budget } } : {});
  const progress = new Progress();
  const run = await client.waitUntilRun(
    submitted.id,
    ({ finishedAt, status }) => finishedAt || status === 'PAUSED',
    'did not end',
    { onProgress: (seen) => progress.show(seen) },
  );
  progress.end();
  const records = await client.records(run.id, { limit: SHOWN_RECORDS });
  const lines = [
    ...summaryLines(run),
    ...moneyLines(run),
    '',
    ...records.flatMap(recordLines),
    '',
    ...nextSteps(run, `${service}/runs/${run.id}`, budget),
  ];
  stdout.write(`${lines.join('\n')}\n`);
  return ['SUCCEEDED', 'PARTIAL', 'PAUSED'].includes(run.status) ? 0 : 1;
}

function nextSteps(run, page, budget) {
  if (run.status !== 'PAUSED') {
    return [`See it at ${page}`];
  }
  return [
    `Open ${page} and its tab "Model calls": what each call cost, and how long it waited.`,
    `Choose "Resume" with a budget of ${budget * TIMES_THE_BUDGET}: the run goes on, and pays for nothing twice.`,
  ];
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
