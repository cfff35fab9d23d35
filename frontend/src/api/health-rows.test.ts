import { expect, test } from 'vitest';
import { healthRows } from './health-rows';

test('merges several checks of one part, down when any is down', () => {
  const rows = healthRows([
    { name: 'SmallRye Reactive Messaging - liveness check', status: 'UP' },
    { name: 'SmallRye Reactive Messaging - readiness check', status: 'DOWN' },
    { name: 'SmallRye Reactive Messaging - startup check', status: 'UP' },
    { name: 'database', status: 'UP' },
    { name: 'sandboxes', status: 'UP', data: { warm: 2 } },
    { name: 'event loops', status: 'UP' },
  ]);

  expect(rows).toEqual([
    { name: 'Message channels', status: 'DOWN', data: {} },
    { name: 'Database', status: 'UP', data: {} },
    { name: 'Sandboxes', status: 'UP', data: { warm: 2 } },
    { name: 'Event loops', status: 'UP', data: {} },
  ]);
});
