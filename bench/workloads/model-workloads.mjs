// What is promised of model calls, and the measurements for it.

import { atLeast, atMost } from '../lib/promises.mjs';
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
import { callsPerSecond, milliseconds, percent, seconds } from '../report/units.mjs';

export const WITH_MODELS = 'with models';

export const MODEL_MEASUREMENTS = {
  directCallsInFlight: { take: directCallsInFlight, service: WITH_MODELS, perRound: 3 },
  callsInFlight: { take: callsInFlight, service: WITH_MODELS, perRound: 3 },
  manyCalls: { take: manyCalls, service: WITH_MODELS, perRound: 3 },
  recordsWithCalls: { take: recordsWithCalls, service: WITH_MODELS, perRound: 3 },
  directFirstToken: { take: directFirstToken, service: WITH_MODELS, perRound: 3 },
  firstToken: { take: firstToken, service: WITH_MODELS, perRound: 3 },
  cachedCalls: { take: cachedCalls, service: WITH_MODELS, perRound: 3 },
  cancelledCalls: { take: cancelledCalls, service: WITH_MODELS },
  limitedCalls: { take: limitedCalls, service: WITH_MODELS },
};

export const MODEL_WORKLOADS = {
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
