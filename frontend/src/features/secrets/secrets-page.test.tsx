import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { Secret } from '@/api/types';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { SecretsPage } from './secrets-page';

const routes = [{ path: '/secrets', element: <SecretsPage /> }];

const openai: Secret = {
  name: 'openai',
  createdAt: '2026-11-29T10:00:00Z',
  changedAt: '2026-11-30T10:00:00Z',
  changedBy: 'ada',
};

test('a value is sent once and is nowhere on the page afterwards', async () => {
  const sent: unknown[] = [];
  server.use(
    http.get('*/api/v1/secrets', () => HttpResponse.json({ items: [openai] })),
    http.put('*/api/v1/secrets/:name', async ({ request, params }) => {
      sent.push([params.name, await request.json()]);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderPage(routes, '/secrets');

  await userEvent.type(await screen.findByLabelText(/Name/), 'openai');
  await userEvent.type(screen.getByLabelText(/Value/), 'sk-0123456789');
  await userEvent.click(screen.getByRole('button', { name: 'Replace the value' }));

  expect(await screen.findByText(/openai is set/)).toBeInTheDocument();
  expect(sent).toEqual([['openai', { value: 'sk-0123456789' }]]);
  expect(screen.getByLabelText(/Value/)).toHaveValue('');
});

test('asks before a secret is deleted', async () => {
  const deleted: unknown[] = [];
  server.use(
    http.get('*/api/v1/secrets', () => HttpResponse.json({ items: [openai] })),
    http.delete('*/api/v1/secrets/:name', ({ params }) => {
      deleted.push(params.name);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderPage(routes, '/secrets');

  await userEvent.click(await screen.findByRole('button', { name: 'Delete the secret openai' }));
  expect(deleted).toEqual([]);
  await userEvent.click(await screen.findByRole('button', { name: 'Delete the secret' }));

  expect(deleted).toEqual(['openai']);
});
