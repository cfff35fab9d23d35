// Waiting, with a bound.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

// The longest that a fault may hold up the work.
export const LONGEST_RECOVERY_MS = 35_000;

// Resolves with the time it took, in milliseconds, once the condition holds; while it throws it does not.
export async function waitUntil(condition, what, longest = LONGEST_RECOVERY_MS) {
  const started = Date.now();
  while (!(await condition().catch(() => false))) {
    assert.ok(Date.now() - started < longest, `${what} within ${longest / 1000} s`);
    await pause(50);
  }
  return Date.now() - started;
}
