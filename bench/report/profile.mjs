// Where the CPU time of W1 goes.

import { settled } from '../measurements/runs.mjs';
import { largeRun } from '../measurements/throughput.mjs';
import { median } from './statistics.mjs';
import { measureUsage } from './usage.mjs';

// Returns a Markdown text: CPU seconds by process, and those of the service by kind of thread.
export async function profile(context, rounds) {
  await context.startService();
  await largeRun(context);
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    const service = await settled(context);
    measured.push(await measureUsage(service, () => largeRun(context)));
  }
  const seconds = medians(measured.map((one) => one.seconds));
  const threads = medians(measured.map((one) => one.threads));
  const parts = medians(
    measured.map(({ result }) => ({
      time: result.seconds,
      upload: result.uploadSeconds,
      'run, then the last record read': result.runSeconds,
    })),
  );
  return [
    table('W1', parts),
    table('CPU seconds of', seconds),
    table('of the service by threads', threads),
  ].join('\n\n');
}

function medians(samples) {
  const names = [...new Set(samples.flatMap((sample) => Object.keys(sample)))];
  return Object.fromEntries(names.map((name) => [name, median(samples.map((sample) => sample[name] ?? 0))]));
}

function table(title, numbers) {
  const lines = Object.entries(numbers).map(([name, value]) => `| ${name} | ${value.toFixed(2)} |`);
  return [`| ${title} | seconds |`, '|---|---:|', ...lines].join('\n');
}
