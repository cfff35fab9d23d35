// What is promised: every workload with what must be measured for it and the rows that come out of that.

import { polledLargeRun, tinyRun, tinyRunBeside } from '../measurements/latency.mjs';
import {
  cachedCalls,
  callsInFlight,
  cancelledCalls,
  directCallsInFlight,
  directFirstToken,
  firstToken,
  limitedCalls,
  manyCalls,
  recordsWithCalls,
} from '../measurements/model-calls.mjs';
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
import { DOCUMENT_MEASUREMENTS, DOCUMENT_WORKLOADS } from './document-workloads.mjs';
import { PACKAGE_MEASUREMENTS, PACKAGE_WORKLOADS } from './package-workloads.mjs';
import { atLeast, atMost } from './promises.mjs';
import { percentile } from './statistics.mjs';
import {
  bytesPerSecond,
  callsPerSecond,
  megabytes,
  milliseconds,
  percent,
  ratio,
  seconds,
} from './units.mjs';

// Which service a measurement needs: the usual one, one whose scripts may call models, or one that it starts itself.
export const PLAIN = 'plain';
export const WITH_MODELS = 'with models';
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
  directCallsInFlight: { take: directCallsInFlight, service: WITH_MODELS, perRound: 3 },
  callsInFlight: { take: callsInFlight, service: WITH_MODELS, perRound: 3 },
  manyCalls: { take: manyCalls, service: WITH_MODELS, perRound: 3 },
  recordsWithCalls: { take: recordsWithCalls, service: WITH_MODELS, perRound: 3 },
  directFirstToken: { take: directFirstToken, service: WITH_MODELS, perRound: 3 },
  firstToken: { take: firstToken, service: WITH_MODELS, perRound: 3 },
  cachedCalls: { take: cachedCalls, service: WITH_MODELS, perRound: 3 },
  cancelledCalls: { take: cancelledCalls, service: WITH_MODELS },
  limitedCalls: { take: limitedCalls, service: WITH_MODELS },
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
  M1: {
    title: () =>
      'model calls of a raw client in one sandbox, 16 in flight, to a server that answers after 20 ms; the same client directly',
    rows: [addedTime('p50', 0.001, 0.0004), addedTime('p99', 0.006, 0.002)],
  },
  M2: {
    title: () => 'model calls of four sandboxes, 16 in flight each, to a server that answers at once',
    rows: [
      {
        what: 'calls',
        figure: ['manyCalls', 'callsPerSecond', callsPerSecond],
        promise: atLeast(1_200, 3_000, callsPerSecond),
      },
    ],
  },
  M3: {
    title: () => '400 records with one model call of 50 ms each by urllib, recordConcurrency 32',
    rows: [
      { what: 'time', figure: ['recordsWithCalls', 'seconds', seconds], promise: atMost(1.2, 0.7, seconds) },
    ],
  },
  M4: {
    title: () => 'streamed answers one after the other, until the first event is there',
    rows: [
      {
        what: 'added time',
        figure: ['firstToken', 'seconds', milliseconds],
        reference: ['directFirstToken', 'seconds', milliseconds, 'directly'],
        judge: (own, other) => own - other,
        judgedIn: milliseconds,
        promise: atMost(0.003, 0.001, milliseconds),
      },
    ],
  },
  M5: {
    title: () => 'model calls one after the other that are answered from the cache',
    rows: [
      {
        what: 'time of a call',
        figure: ['cachedCalls', 'seconds', milliseconds],
        promise: atMost(0.0015, 0.0005, milliseconds),
      },
    ],
  },
  M6: {
    title: () => 'more model calls than the 1,200 a minute that the server allows',
    rows: [
      {
        what: 'limit used',
        figure: ['limitedCalls', 'share', percent],
        promise: atLeast(0.97, 0.99, percent),
      },
      {
        what: 'refused by the server',
        figure: ['limitedCalls', 'refusedShare', percent],
        promise: atMost(0.001, 0, percent),
      },
    ],
  },
  M7: {
    title: () =>
      'a script leaves a model call before its answer: until the server sees the connection end, longest of all',
    rows: [
      {
        what: 'time',
        figure: ['cancelledCalls', 'seconds', milliseconds],
        promise: atMost(0.1, 0.02, milliseconds),
      },
    ],
  },
};

function addedTime(percentileOfCalls, must, aim) {
  return {
    what: `added time, ${percentileOfCalls}`,
    figure: ['callsInFlight', percentileOfCalls, milliseconds],
    reference: ['directCallsInFlight', percentileOfCalls, milliseconds, 'directly'],
    judge: (own, other) => own - other,
    judgedIn: milliseconds,
    promise: atMost(must, aim, milliseconds),
  };
}

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
