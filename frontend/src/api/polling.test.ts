import { expect, test } from 'vitest';
import { aBatch, aRecord, aRun, aWindow } from '@/testing/builders';
import { batchPollInterval, recordPollInterval, runPollInterval } from './polling';

test('asks twice a second while a run moves, and never again when it is over', () => {
  expect(runPollInterval(aRun({ status: 'RUNNING', etaSeconds: 14 }), false)).toBe(500);
  expect(runPollInterval(aRun({ status: 'QUEUED', etaSeconds: null }), false)).toBe(500);
  expect(runPollInterval(aRun({ status: 'PARTIAL' }), false)).toBe(false);
});

test('asks less often when the run takes long or nobody looks', () => {
  expect(runPollInterval(aRun({ etaSeconds: 3600 }), false)).toBe(2000);
  expect(runPollInterval(aRun({ etaSeconds: 14 }), true)).toBe(5000);
});

test('a window of batches is settled when each of them is', () => {
  expect(batchPollInterval([aBatch(), aBatch({ status: 'RUNNING' })])).toBe(500);
  expect(batchPollInterval([aBatch({ status: 'QUEUED' })])).toBe(1000);
  expect(batchPollInterval([aBatch(), aBatch({ status: 'FAILED' })])).toBe(false);
});

test('a full window of records without pending ones is asked for less often', () => {
  const record = aRecord();

  expect(recordPollInterval(aWindow([record, record], { limit: 2 }))).toBe(2000);
  expect(recordPollInterval(aWindow([record], { limit: 2 }))).toBe(1000);
  expect(recordPollInterval(aWindow([aRecord({ status: 'PENDING' })], { limit: 1 }))).toBe(1000);
});
