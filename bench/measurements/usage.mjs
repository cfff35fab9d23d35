// Whose processor time and page faults the runs of a workload take. Measured apart from its time, once: looking costs some.
import { measureUsage } from '../report/usage.mjs';
import { settled } from './runs.mjs';
import { documents, largeRun, manyBatches, smallBatches, unchangedDocuments } from './throughput.mjs';

const RUNS = {
  W1: { take: largeRun, size: ({ large }) => large },
  W2: { take: smallBatches, size: ({ small }) => small },
  W6: { take: manyBatches, size: ({ many }) => many },
  W11: { take: documents, size: (sizes) => sizes.documents },
  W12: { take: unchangedDocuments, size: (sizes) => sizes.documents },
};

// Of those of the workloads that are runs of their own: [{ workload, records, batches, seconds, cpu, faults }].
export async function takeUsage(context, workloads) {
  const taken = [];
  for (const [workload, { take, size }] of Object.entries(RUNS)) {
    if (workloads.includes(workload)) {
      const { records, batchSize } = size(context.sizes);
      const { result, seconds, faults } = await measureUsage(await settled(context), () => take(context));
      taken.push({
        workload,
        records,
        batches: Math.ceil(records / batchSize),
        seconds: result.seconds,
        cpu: seconds,
        faults,
      });
    }
  }
  return taken;
}
