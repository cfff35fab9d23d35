import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { problem, signedIn } from './account-fixture';
import { AccountPage } from './account-page';

const routes = [{ path: '/account', element: <AccountPage /> }];

test('says so where the service has no users', async () => {
  renderPage(routes, '/account');

  expect(await screen.findByText('The service has no users')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Sign out' })).not.toBeInTheDocument();
});

test('shows a new key once, and its role is at most the own one', async () => {
  signedIn();
  let asked: unknown;
  server.use(
    http.post('*/api/v1/api-keys', async ({ request }) => {
      asked = await request.json();
      const info = { id: '0123456789abcdef', name: 'ci', role: 'VIEWER', createdAt: '2026-11-30T10:00:00Z' };
      return HttpResponse.json({ info, key: 'dpf_0123456789abcdef_secret' }, { status: 201 });
    }),
  );
  renderPage(routes, '/account');

  await userEvent.type(await screen.findByLabelText(/What the key is for/), 'ci');
  const role = screen.getByLabelText('Role');
  expect(within(role).queryByRole('option', { name: 'Administrator' })).not.toBeInTheDocument();
  await userEvent.selectOptions(role, 'Viewer');
  await userEvent.selectOptions(screen.getByLabelText('Expires after'), 'Never');
  await userEvent.click(screen.getByRole('button', { name: 'Make a key' }));

  expect(await screen.findByText('dpf_0123456789abcdef_secret')).toBeInTheDocument();
  expect(asked).toEqual({ name: 'ci', role: 'VIEWER' });
});

test('says at the field why a new password is refused', async () => {
  signedIn();
  const errors = [{ pointer: '/newPassword', message: 'A password has 12 to 256 characters.' }];
  server.use(http.put('*/api/v1/me/password', () => problem(422, 'OUT_OF_RANGE', 'Too short', errors)));
  renderPage(routes, '/account');

  await userEvent.type(await screen.findByLabelText(/Current password/), 'the one before');
  await userEvent.type(screen.getByLabelText(/New password/), 'short');
  await userEvent.click(screen.getByRole('button', { name: 'Change password' }));

  expect(await screen.findByText(/12 to 256 characters/)).toBeInTheDocument();
  expect(screen.getByLabelText(/New password/)).toHaveAccessibleDescription(/12 to 256 characters/);
});

test('ends another session, and never offers to end this one alone', async () => {
  signedIn();
  const ended: unknown[] = [];
  const times = {
    createdAt: '2026-11-30T10:00:00Z',
    lastUsedAt: '2026-11-30T10:00:00Z',
    expiresAt: '2026-12-30T10:00:00Z',
  };
  const items = [
    { id: 's1', current: true, browser: 'Firefox/140.0 Linux', address: '127.0.0.1', ...times },
    { id: 's2', current: false, browser: 'Chrome/140.0 Windows', address: '10.0.0.7', ...times },
  ];
  server.use(
    http.get('*/api/v1/me/sessions', () => HttpResponse.json({ items })),
    http.delete('*/api/v1/me/sessions/:id', ({ params }) => {
      ended.push(params.id);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderPage(routes, '/account');

  await userEvent.click(await screen.findByRole('button', { name: 'End the session of Chrome on Windows' }));

  expect(ended).toEqual(['s2']);
  expect(screen.queryByRole('button', { name: /Firefox/ })).not.toBeInTheDocument();
});
