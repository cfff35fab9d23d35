import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { Attempt } from '@/api/types';
import { renderPart } from '@/testing/render-part';
import { server } from '@/testing/server';
import { AttemptList } from './attempt-list';

const attempt: Attempt = {
  attempt: 1,
  outcome: 'SUCCEEDED',
  startedAt: '2026-03-01T10:00:00Z',
  finishedAt: '2026-03-01T10:00:02Z',
  succeeded: 9,
  failed: 1,
  skipped: 0,
};

function show(items: Attempt[]) {
  server.use(http.get('*/api/v1/runs/r1/batches/7/attempts', () => HttpResponse.json({ items })));
  renderPart(<AttemptList runId="r1" number={7} active={false} />);
}

test('says what a batch without attempts waits for', async () => {
  show([]);

  expect(await screen.findByText('This batch is waiting for a worker.')).toBeInTheDocument();
});

test('shows the counts of an attempt that finished', async () => {
  show([attempt]);

  expect(await screen.findByText('9 succeeded, 1 failed, 0 skipped')).toBeInTheDocument();
  expect(screen.getByText('2 s')).toBeInTheDocument();
});

test.each([
  ['RELEASED', 'Returned to queue'],
  ['INFRASTRUCTURE_FAILED', 'Infrastructure error'],
  ['LEASE_EXPIRED', 'Lease expired'],
  ['ENGINE_DIED', 'Engine crashed'],
] as const)('shows an attempt that ended as %s as "%s" with its reason', async (outcome, label) => {
  show([
    { ...attempt, outcome, reason: 'The container is gone.' },
    { ...attempt, attempt: 2 },
  ]);

  expect(await screen.findByText(label)).toBeInTheDocument();
  expect(screen.getByText('The container is gone.')).toBeInTheDocument();
});
