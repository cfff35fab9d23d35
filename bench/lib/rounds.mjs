// Takes the samples: in every round each measurement in its turn, so that whatever slows the machine down slows all of them.
import { execFileSync } from 'node:child_process';
import { takeUsage } from '../measurements/usage.mjs';
import { WITH_MODELS } from '../workloads/model-workloads.mjs';
import { WITH_PACKAGES } from '../workloads/package-workloads.mjs';
import { MEASUREMENTS, measurementsFor, OWN, PLAIN } from '../workloads/workloads.mjs';
import { keepResults } from './same-results.mjs';

// A tenth of everything, for the first-time costs that no later run has.
const WARM_UP_SHARE = 0.1;

// Returns the samples of every measurement by its name, in the order in which they were taken, and who used what.
export async function takeSamples(context, { workloads, rounds, sizes }) {
  const names = measurementsFor(workloads);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  let usage = [];
  const using = (service) => names.filter((name) => MEASUREMENTS[name].service === service);
  if (using(PLAIN).length > 0) {
    await context.startService();
    await warmUp(context, sizes);
    await inTurn(context, using(PLAIN), rounds, samples);
    await keepResults(context);
    usage = await takeUsage(context, workloads);
    await context.stopService();
  }
  if (using(WITH_MODELS).length > 0) {
    await context.startServiceWithModels();
    await practiseModelCalls(context);
    await inTurn(context, using(WITH_MODELS), rounds, samples);
    await context.stopService();
  }
  if (using(WITH_PACKAGES).length > 0) {
    await context.startServiceWithPackages();
    await practisePackages(context);
    await inTurn(context, using(WITH_PACKAGES), rounds, samples);
    await context.stopService();
  }
  await inTurn(context, using(OWN), rounds, samples);
  return { samples, usage };
}

async function practiseModelCalls(context) {
  for (const name of ['manyCalls', 'callsInFlight', 'firstToken', 'cachedCalls']) {
    await MEASUREMENTS[name].take(context);
  }
}

// Builds the environments as well.
async function practisePackages(context) {
  for (const name of ['plainTinyRun', 'packagedTinyRun', 'pandasTinyRun', 'plainBatches', 'pandasBatches']) {
    await MEASUREMENTS[name].take(context);
  }
}

async function warmUp(context, sizes) {
  const { large, many } = sizes;
  context.sizes = {
    ...sizes,
    large: { ...large, records: large.records * WARM_UP_SHARE },
    many: { ...many, records: many.records * WARM_UP_SHARE },
  };
  for (const name of ['largeRun', 'polledLargeRun', 'manyBatches', 'tinyRun', 'download']) {
    await MEASUREMENTS[name].take(context);
  }
  context.sizes = sizes;
  context.lastLargeRun = undefined;
  context.forgetContents();
}

async function inTurn(context, names, rounds, samples) {
  for (let round = 1; round <= rounds; round++) {
    const due = names.filter((name) => round === 1 || !MEASUREMENTS[name].isOnce);
    for (const name of turnsOf(round, due)) {
      emptyWriteCache();
      const sample = await MEASUREMENTS[name].take(context);
      samples[name].push(sample);
      console.log(`round ${round} of ${rounds}  ${name.padEnd(16)} ${inShort(sample)}`);
    }
  }
}

// Every measurement once, then the quick ones again: each time in the opposite order of the time before.
function turnsOf(round, names) {
  const times = Math.max(...names.map(perRound));
  return Array.from({ length: times }, (_, time) => {
    const due = names.filter((name) => perRound(name) > time);
    return (round + time) % 2 === 1 ? due : due.toReversed();
  }).flat();
}

function perRound(name) {
  return MEASUREMENTS[name].perRound ?? 1;
}

// What one measurement has left to be written would hold up the next one wherever it forces a file to the disk.
function emptyWriteCache() {
  execFileSync('sync');
}

function inShort(sample) {
  return Object.entries(sample)
    .filter(([, value]) => typeof value === 'number')
    .map(([field, value]) => `${field} ${Number(value.toPrecision(4))}`)
    .join('  ');
}
