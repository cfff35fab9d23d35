// Sends datasets to the service as tests of bad input need them.
import assert from 'node:assert/strict';
import { ask } from './exchange.mjs';

export function send(body, type = 'application/json', headers = {}) {
  return ask('POST', '/api/v1/datasets?name=bad', { headers: { 'Content-Type': type, ...headers }, body });
}

// With the path of the list of records.
export function at(path, body) {
  return ask('POST', `/api/v1/datasets?records=${encodeURIComponent(path)}`, {
    headers: { 'Content-Type': 'application/json' },
    body,
  });
}

export const lines = (body) => send(body, 'application/x-ndjson');
export const table = (body) => send(body, 'text/csv');

export function hasPosition({ position }) {
  assert.deepEqual(Object.keys(position), ['record', 'line', 'column', 'byte']);
}
