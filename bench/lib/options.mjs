// What the command line asks for, and how much is measured.
import { parseArgs } from 'node:util';

const MEGABYTE = 1_000_000;

const FULL_SIZES = {
  large: { records: 200_000, batchSize: 10_000 },
  small: { records: 1_000, batchSize: 5 },
  many: { records: 50_000, batchSize: 5 },
  documents: { records: 5_000, batchSize: 250 },
  huge: { bytes: 2_000 * MEGABYTE, batchSize: 10_000 },
  dockerRunBatches: 40,
  tinyRunsPerRound: 5,
  idleSeconds: 5,
  modelCalls: 2_000,
  streamedCalls: 200,
  cancelledCalls: 20,
  limitedSeconds: 23,
  submissions: 50,
  environments: 20,
  pandasDockerRunBatches: 10,
};

const QUICK_SIZES = {
  large: { records: 40_000, batchSize: 2_000 },
  small: { records: 200, batchSize: 5 },
  many: { records: 2_500, batchSize: 5 },
  documents: { records: 500, batchSize: 50 },
  huge: { bytes: 100 * MEGABYTE, batchSize: 10_000 },
  dockerRunBatches: 4,
  tinyRunsPerRound: 2,
  idleSeconds: 2,
  modelCalls: 300,
  streamedCalls: 30,
  cancelledCalls: 5,
  limitedSeconds: 8,
  submissions: 10,
  environments: 3,
  pandasDockerRunBatches: 2,
};

// Throws with a sentence for the reader when the arguments make no sense.
export function readOptions(commandLine, knownWorkloads) {
  const { values, positionals } = parseArgs({
    args: commandLine,
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      runs: { type: 'string' },
      profile: { type: 'boolean', default: false },
      growth: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.find((name) => !knownWorkloads.includes(name));
  if (unknown) {
    throw new Error(`There is no workload ${unknown}: the workloads are ${knownWorkloads.join(', ')}.`);
  }
  const rounds = Number(values.runs ?? (values.quick ? 1 : 3));
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100) {
    throw new Error('--runs needs a number from 1 to 100.');
  }
  return {
    quick: values.quick,
    profile: values.profile,
    growth: values.growth,
    rounds,
    workloads: positionals.length > 0 ? positionals : knownWorkloads,
    isWhole: positionals.length === 0,
    sizes: values.quick ? QUICK_SIZES : FULL_SIZES,
  };
}
