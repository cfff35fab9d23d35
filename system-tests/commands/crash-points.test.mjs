// A class or method that has another name now is found at once, not on the day on which the service should die there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { crashPoints, requestCrashPoints } from '../faults/crash-points.mjs';
import { kills } from '../faults/environment-kills.mjs';

const SOURCES = new URL('../../src/main/java/', import.meta.url);
const PLACES = [...crashPoints, ...requestCrashPoints, ...kills.filter(({ type }) => type !== undefined)];

test('every place at which the service is killed is in its code', () => {
  assert.ok(PLACES.length > 50, `${PLACES.length} places`);
  for (const { name, type, method } of PLACES) {
    const [topLevel] = type.split('$');
    const source = readFileSync(new URL(`${topLevel.replaceAll('.', '/')}.java`, SOURCES), 'utf8');
    assert.match(
      source,
      new RegExp(`\\b${method.replace(/\(.*/su, '')}\\(`, 'u'),
      `${name}: ${type}.${method}`,
    );
  }
});
