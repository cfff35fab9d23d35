// Takes turns at workloads and references and says what came out of it; bench/run prepares everything and calls this.
import { writeFileSync } from 'node:fs';
import { chart } from '../report/chart.mjs';
import { growth } from '../report/growth.mjs';
import { describeCommit, describeMachine, loadAverage, pricesOfMachine } from '../report/machine.mjs';
import { profile } from '../report/profile.mjs';
import { HIGHEST_FAIR_LOAD, writeResults } from '../report/results.mjs';
import { plainTable, rowsOf } from '../report/table.mjs';
import { usageText } from '../report/usage-table.mjs';
import { WORKLOADS } from '../workloads/workloads.mjs';
import { Context } from './context.mjs';
import { readOptions } from './options.mjs';
import { takeSamples } from './rounds.mjs';
import { checkSameResults } from './same-results.mjs';

const LONGEST_BENCHMARK_MS = 7_200_000;

async function main() {
  const options = readOptions(process.argv.slice(2), Object.keys(WORKLOADS));
  const context = new Context(options.sizes);
  const timer = setTimeout(
    () => end(context, 'The benchmark took longer than two hours and was ended.', 1),
    LONGEST_BENCHMARK_MS,
  );
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => end(context, 'Ended before its time.', 130));
  }
  try {
    await measure(options, context);
  } finally {
    clearTimeout(timer);
    await context.close();
  }
}

async function measure(options, context) {
  if (options.profile) {
    console.log(await profile(context, options.rounds));
    return;
  }
  if (options.growth) {
    console.log(await growth(context, options.quick));
    return;
  }
  await benchmark(options, context);
}

async function benchmark(options, context) {
  const before = {
    startedAt: new Date().toISOString(),
    commit: describeCommit(),
    machine: describeMachine(context.baseImage),
    loadBefore: loadAverage(),
    prices: pricesOfMachine(),
  };
  if (before.loadBefore > HIGHEST_FAIR_LOAD) {
    console.log(
      `The load of this machine is ${before.loadBefore.toFixed(2)}: other work makes the figures worse than they are.`,
    );
  }
  const { samples, usage } = await takeSamples(context, options);
  await checkSameResults(context);
  const results = {
    ...before,
    endedAt: new Date().toISOString(),
    loadAfter: loadAverage(),
    options: {
      rounds: options.rounds,
      quick: options.quick,
      workloads: options.workloads,
      isWhole: options.isWhole,
    },
    sizes: options.sizes,
    rows: rowsOf(options.workloads, samples, options.sizes),
    usage,
    sampled: sentenceOnSampling(samples),
    samples: withoutLatencies(samples),
  };
  console.log(`\n${plainTable(results.rows)}\n\n${usageText(usage, results.prices)}\n`);
  const judged = results.rows.filter((row) => row.outcome);
  console.log(
    `${judged.filter((row) => row.outcome !== 'missed').length} of ${judged.length} hold. ${results.sampled}`,
  );
  console.log(`Written to ${writeResults(results)}`);
  if (options.isWhole) {
    writeFileSync(options.quick ? 'target/bench/benchmark.svg' : 'docs/images/benchmark.svg', chart(results));
  }
}

function sentenceOnSampling(samples) {
  const taken = samples.dockerRuns?.[0];
  return taken
    ? `Of the ${taken.batches} containers of the reference of W2, ${taken.measuredBatches} were started in each round and the time multiplied.`
    : '';
}

// Thousands of numbers that nobody reads.
function withoutLatencies(samples) {
  return Object.fromEntries(
    Object.entries(samples).map(([name, taken]) => [name, taken.map(({ latencies, ...rest }) => rest)]),
  );
}

async function end(context, sentence, status) {
  console.error(sentence);
  await context.close();
  process.exit(status);
}

try {
  await main();
} catch (error) {
  console.error(`The benchmark could not be finished: ${error.message}`);
  process.exitCode = 1;
}
