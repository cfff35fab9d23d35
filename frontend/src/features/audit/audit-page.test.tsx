import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { AuditEntry } from '@/api/types';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { AuditPage } from './audit-page';

const routes = [{ path: '/audit', element: <AuditPage /> }];

const deleted: AuditEntry = {
  number: 2,
  id: 'b',
  at: '2026-11-30T10:00:00Z',
  account: 'u1',
  username: 'ada',
  key: '0123456789abcdef',
  address: '192.0.2.7',
  operation: 'DELETE /api/v1/runs/{id}',
  target: '7f3a',
  outcome: 'SUCCEEDED',
  status: 204,
  attempts: 1,
  digest: 'd2',
};
const denied: AuditEntry = {
  ...deleted,
  number: 1,
  id: 'a',
  username: 'grace',
  key: null,
  operation: 'POST /api/v1/users',
  target: null,
  outcome: 'DENIED',
  status: 403,
  attempts: 12,
};

test('shows who did what, and what was denied', async () => {
  server.use(
    http.get('*/api/v1/audit', () => HttpResponse.json({ items: [deleted, denied], nextCursor: null })),
  );
  renderPage(routes, '/audit');

  const done = within(await screen.findByRole('row', { name: /ada/ }));
  expect(done.getByText('DELETE /runs/{id}')).toBeInTheDocument();
  expect(done.getByText('with the key 0123456789abcdef')).toBeInTheDocument();
  const refused = within(screen.getByRole('row', { name: /grace/ }));
  expect(refused.getByText('Denied')).toBeInTheDocument();
  expect(refused.getByText('12 attempts')).toBeInTheDocument();
});

test('filters stand in the address and are asked for', async () => {
  const asked: string[] = [];
  server.use(
    http.get('*/api/v1/audit', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ items: [], nextCursor: null });
    }),
  );
  renderPage(routes, '/audit?who=grace');

  await userEvent.selectOptions(await screen.findByLabelText('Outcome'), 'Denied');

  expect(await screen.findByText('No entries match this search')).toBeInTheDocument();
  await expect.poll(() => asked.at(-1)).toBe('?who=grace&outcome=DENIED');
});

test('says which entry is not as it was written', async () => {
  server.use(
    http.get('*/api/v1/audit', () => HttpResponse.json({ items: [], nextCursor: null })),
    http.get('*/api/v1/audit/verify', () =>
      HttpResponse.json({ valid: false, entries: 9, removed: 0, last: 9, digest: 'd', firstInvalid: 4 }),
    ),
  );
  renderPage(routes, '/audit');

  await userEvent.click(await screen.findByRole('button', { name: 'Verify' }));

  expect(await screen.findByText('The audit log was changed')).toBeInTheDocument();
  expect(screen.getByText(/Entry 4 is missing/)).toBeInTheDocument();
});
