import { expect, test } from 'vitest';
import { aBatch, aRecord, aRun, aWindow } from '@/testing/builders';
import { aBuild, anEnvironment } from '@/testing/environment-builders';
import {
  batchPollInterval,
  environmentListPollInterval,
  environmentPollInterval,
  recordPollInterval,
  runListPollInterval,
  runPollInterval,
} from './polling';

test('polls an active run twice a second, and a final one never', () => {
  expect(runPollInterval(aRun({ status: 'RUNNING', etaSeconds: 14 }), false)).toBe(500);
  expect(runPollInterval(aRun({ status: 'QUEUED', etaSeconds: null }), false)).toBe(500);
  expect(runPollInterval(aRun({ status: 'PARTIAL' }), false)).toBe(false);
});

test('polls less often for a long run or a hidden page', () => {
  expect(runPollInterval(aRun({ etaSeconds: 3600 }), false)).toBe(2000);
  expect(runPollInterval(aRun({ etaSeconds: 14 }), true)).toBe(5000);
});

test('polls paused runs slowly, because somebody else may resume them', () => {
  const paused = aRun({ status: 'PAUSED' });
  const over = aRun({ status: 'FAILED' });

  expect(runPollInterval(paused, false)).toBe(3000);
  expect(runListPollInterval([paused, over])).toBe(3000);
  expect(runListPollInterval([paused, aRun()])).toBe(1000);
  expect(runListPollInterval([over])).toBe(false);
});

test('stops polling a window of batches when all of them are final', () => {
  expect(batchPollInterval([aBatch(), aBatch({ status: 'RUNNING' })])).toBe(500);
  expect(batchPollInterval([aBatch({ status: 'QUEUED' })])).toBe(1000);
  expect(batchPollInterval([aBatch(), aBatch({ status: 'FAILED' })])).toBe(false);
});

test('polls a full window of records less often when none is pending', () => {
  const record = aRecord();

  expect(recordPollInterval(aWindow([record, record], { limit: 2 }))).toBe(2000);
  expect(recordPollInterval(aWindow([record], { limit: 2 }))).toBe(1000);
  expect(recordPollInterval(aWindow([aRecord({ status: 'PENDING' })], { limit: 1 }))).toBe(1000);
});

test('polls an environment while it is built', () => {
  expect(environmentPollInterval(aBuild(), false)).toBe(500);
  expect(environmentPollInterval(aBuild(), true)).toBe(5000);
  expect(environmentPollInterval(anEnvironment(), false)).toBe(false);
  expect(environmentListPollInterval([anEnvironment(), aBuild()])).toBe(1000);
  expect(environmentListPollInterval([anEnvironment()])).toBe(false);
});
