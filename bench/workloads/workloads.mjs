// What is promised: every workload with what must be measured for it and the rows that come out of that.

import { atLeast, atMost } from '../lib/promises.mjs';
import { polledLargeRun, tinyRun, tinyRunBeside } from '../measurements/latency.mjs';
import { firstPandasRun } from '../measurements/packages.mjs';
import { bare, dockerRun, dockerRuns } from '../measurements/references.mjs';
import { hugeRun, start } from '../measurements/services.mjs';
import {
  awaitingRecords,
  blockingRecords,
  download,
  largeRun,
  manyBatches,
  smallBatches,
} from '../measurements/throughput.mjs';
import { percentile } from '../report/statistics.mjs';
import { bytesPerSecond, megabytes, milliseconds, ratio, seconds } from '../report/units.mjs';
import { DOCUMENT_MEASUREMENTS, DOCUMENT_WORKLOADS } from './document-workloads.mjs';
import { MODEL_MEASUREMENTS, MODEL_WORKLOADS } from './model-workloads.mjs';
import { PACKAGE_MEASUREMENTS, PACKAGE_WORKLOADS } from './package-workloads.mjs';

// Which service a measurement needs: the usual one, one that it starts itself, or that of the file with the workload.
export const PLAIN = 'plain';
export const OWN = 'own';

// Measured in this order, and in the opposite one every second time; those that are over in seconds come up `perRound`
// times, those that take minutes in the first round only (`isOnce`).
export const MEASUREMENTS = {
  bare: { take: bare, service: PLAIN, perRound: 3 },
  largeRun: { take: largeRun, service: PLAIN, perRound: 5 },
  polledLargeRun: { take: polledLargeRun, service: PLAIN, perRound: 5 },
  download: { take: download, service: PLAIN, perRound: 3 },
  ...DOCUMENT_MEASUREMENTS,
  dockerRuns: { take: dockerRuns, service: PLAIN },
  smallBatches: { take: smallBatches, service: PLAIN, perRound: 3 },
  dockerRun: { take: dockerRun, service: PLAIN, perRound: 3 },
  tinyRun: { take: tinyRun, service: PLAIN, perRound: 3 },
  awaitingRecords: { take: awaitingRecords, service: PLAIN },
  blockingRecords: { take: blockingRecords, service: PLAIN },
  manyBatches: { take: manyBatches, service: PLAIN },
  tinyRunBeside: { take: tinyRunBeside, service: PLAIN },
  ...MODEL_MEASUREMENTS,
  ...PACKAGE_MEASUREMENTS,
  firstPandasRun: { take: firstPandasRun, service: OWN },
  hugeRun: { take: hugeRun, service: OWN },
  start: { take: start, service: OWN },
};

// In a row, `figure` and `reference` are a measurement, a field of it and a unit; `judge` makes the judged number of their medians, a
// ratio where `judgedIn` names no other unit.
export const WORKLOADS = {
  W1: {
    title: ({ large }) =>
      `${count(large.records)} records, pre + main + post, batches of ${count(large.batchSize)}: submission to all results readable`,
    rows: [
      {
        what: 'time',
        figure: ['largeRun', 'seconds', seconds],
        reference: ['bare', 'seconds', seconds, 'plain Python'],
        judge: (own, other) => own / other,
        promise: atMost(1.1, 0.7, ratio),
      },
    ],
  },
  W2: {
    title: ({ small }) => `${count(small.records)} records in batches of ${small.batchSize}`,
    rows: [
      {
        what: 'time',
        figure: ['smallBatches', 'seconds', seconds],
        reference: ['dockerRuns', 'seconds', seconds, 'docker run per batch'],
        judge: (own, other) => other / own,
        promise: atLeast(40, 100, ratio),
      },
    ],
  },
  W3: {
    title: () => '10 records, one batch, warm service: submission to results read',
    rows: [
      {
        what: 'time',
        figure: ['tinyRun', 'seconds', milliseconds],
        reference: ['dockerRun', 'seconds', milliseconds, 'one docker run'],
        judge: (own, other) => own / other,
        promise: atMost(0.35, 0.1, ratio),
      },
    ],
  },
  W4: {
    title: ({ huge }) => `${megabytes(huge.bytes)} dataset of records of 1 KB, pass-through script, -Xmx512m`,
    rows: [
      {
        what: 'ingest',
        figure: ['hugeRun', 'ingestBytesPerSecond', bytesPerSecond],
        promise: atLeast(100e6, 250e6, bytesPerSecond),
      },
      {
        what: 'highest memory of the service',
        figure: ['hugeRun', 'highestMemoryBytes', megabytes],
        promise: atMost(900e6, undefined, megabytes),
      },
      { what: 'run, after ingest', figure: ['hugeRun', 'runBytesPerSecond', bytesPerSecond] },
    ],
  },
  W5: {
    title: () => '400 records that wait 50 ms each, recordConcurrency 32, batches of 100 (one by one: 20 s)',
    rows: [
      {
        what: 'async def',
        figure: ['awaitingRecords', 'seconds', seconds],
        promise: atMost(2.5, 1, seconds),
      },
      { what: 'def', figure: ['blockingRecords', 'seconds', seconds], promise: atMost(2.5, 1, seconds) },
    ],
  },
  W6: {
    title: ({ many }) => `${count(many.records)} records in batches of ${many.batchSize}`,
    rows: [
      {
        what: 'cost per batch',
        figure: ['manyBatches', 'secondsPerBatch', milliseconds],
        reference: ['smallBatches', 'secondsPerBatch', milliseconds, 'that of W2'],
        judge: (own, other) => own / other,
        promise: atMost(1.2, 0.5, ratio),
      },
    ],
  },
  W7: {
    title: () => 'W1 with 200 clients looking at it once a second each',
    rows: [
      {
        what: 'time',
        figure: ['polledLargeRun', 'seconds', seconds],
        reference: ['largeRun', 'seconds', seconds, 'W1 alone'],
        judge: (own, other) => own / other,
        promise: atMost(1.05, undefined, ratio),
      },
      {
        what: 'p99 of a look',
        figure: [
          'polledLargeRun',
          (samples) =>
            percentile(
              samples.flatMap((sample) => sample.latencies),
              0.99,
            ),
          milliseconds,
        ],
        promise: atMost(0.02, 0.005, milliseconds),
      },
    ],
  },
  W8: {
    title: () => 'W6 started, then W3',
    rows: [
      {
        what: 'time of W3',
        figure: ['tinyRunBeside', 'seconds', milliseconds],
        reference: ['tinyRun', 'seconds', milliseconds, 'W3 alone'],
        judge: (own, other) => own / other,
        promise: atMost(3, 1.5, ratio),
      },
    ],
  },
  W9: {
    title: () => "download of W1's results, states as NDJSON",
    rows: [
      {
        what: 'throughput',
        figure: ['download', 'bytesPerSecond', bytesPerSecond],
        promise: atLeast(300e6, undefined, bytesPerSecond),
      },
    ],
  },
  W10: {
    title: () => 'start on an existing data folder',
    rows: [
      { what: 'process to ready', figure: ['start', 'seconds', seconds], promise: atMost(3, 1.5, seconds) },
      {
        what: 'idle memory of the service',
        figure: ['start', 'idleMemoryBytes', megabytes],
        promise: atMost(300e6, 200e6, megabytes),
      },
    ],
  },
  ...DOCUMENT_WORKLOADS,
  ...PACKAGE_WORKLOADS,
  ...MODEL_WORKLOADS,
};

// Names of the measurements that the rows of these workloads are made of, in the order they are taken.
export function measurementsFor(workloads) {
  const needed = new Set(
    workloads.flatMap((name) => WORKLOADS[name].rows.flatMap((row) => [row.figure[0], row.reference?.[0]])),
  );
  return Object.keys(MEASUREMENTS).filter((name) => needed.has(name));
}

function count(number) {
  return number.toLocaleString('en');
}
