import { expect, test } from 'vitest';
import { recordsToRetry, retriedRecords } from './retry';

test('counts failed and cancelled records of a final run', () => {
  expect(recordsToRetry({ status: 'CANCELLED', records: { failed: 2, cancelled: 3 } })).toBe(5);
  expect(recordsToRetry({ status: 'RUNNING', records: { failed: 2, cancelled: 0 } })).toBe(0);
});

test('describes these records', () => {
  expect(retriedRecords({ failed: 1, cancelled: 0 })).toBe('1 failed record');
  expect(retriedRecords({ failed: 0, cancelled: 4000 })).toBe('4,000 cancelled records');
  expect(retriedRecords({ failed: 2, cancelled: 1 })).toBe('2 failed and 1 cancelled record');
});
