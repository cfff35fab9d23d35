import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { User } from '@/api/types';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { UsersPage } from './users-page';

const routes = [{ path: '/users', element: <UsersPage /> }];

const ada: User = {
  id: 'u1',
  username: 'ada',
  role: 'ADMIN',
  active: true,
  hasPassword: true,
  createdAt: '2026-11-30T10:00:00Z',
};
const grace: User = { ...ada, id: 'u2', username: 'grace', role: 'EDITOR', hasPassword: false };
const passwordLink = { path: '/choose-password#secret', expiresAt: '2026-12-03T10:00:00Z' };

beforeEach(() => {
  server.use(
    http.get('*/api/v1/me', () =>
      HttpResponse.json({ singleUser: false, username: 'ada', role: 'ADMIN', projects: [] }),
    ),
    http.get('*/api/v1/users', () => HttpResponse.json({ items: [ada, grace] })),
  );
});

test('a new user gets a link, which is shown once', async () => {
  let asked: unknown;
  server.use(
    http.post('*/api/v1/users', async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json({ user: { ...grace, username: 'alan' }, passwordLink }, { status: 201 });
    }),
  );
  renderPage(routes, '/users');

  await userEvent.type(await screen.findByLabelText(/Username/), 'alan');
  await userEvent.selectOptions(screen.getByLabelText('Role'), 'Viewer');
  await userEvent.click(screen.getByRole('button', { name: 'Make a user' }));

  expect(await screen.findByText(`${window.location.origin}/choose-password#secret`)).toBeInTheDocument();
  expect(asked).toEqual({ username: 'alan', role: 'VIEWER' });
});

test('asks before a user is deactivated', async () => {
  const changes: unknown[] = [];
  server.use(
    http.put('*/api/v1/users/:id', async ({ request, params }) => {
      changes.push([params.id, await request.json()]);
      return HttpResponse.json({ ...grace, active: false });
    }),
  );
  renderPage(routes, '/users');

  await userEvent.click(await screen.findByRole('button', { name: 'Deactivate grace' }));
  expect(changes).toEqual([]);
  await userEvent.click(await screen.findByRole('button', { name: 'Deactivate' }));

  expect(changes).toEqual([['u2', { role: 'EDITOR', active: false }]]);
});

test('shows why the last administrator stays', async () => {
  const detail = 'Without this user there would be no administrator who can sign in.';
  server.use(
    http.put('*/api/v1/users/:id', () =>
      HttpResponse.json({ title: 'Not possible in this state', status: 409, detail }, { status: 409 }),
    ),
  );
  renderPage(routes, '/users');

  await userEvent.selectOptions(await screen.findByLabelText('Role of ada'), 'Viewer');

  expect(await screen.findByText(detail)).toBeInTheDocument();
});
