import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { afterEach, expect, test } from 'vitest';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { me, problem } from './account-fixture';
import { ChoosePasswordPage, FirstAdministratorPage } from './choose-password-page';

const routes = [
  { path: '/choose-password', element: <ChoosePasswordPage /> },
  { path: '/first-administrator', element: <FirstAdministratorPage /> },
  { path: '/users', element: <p>the users</p> },
  { path: '/', element: <p>home</p> },
];

afterEach(() => window.history.replaceState(null, '', '/'));

test('sends the secret of the link, which leaves the address at once', async () => {
  let sent: unknown;
  server.use(
    http.post('*/api/v1/password-link', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(me);
    }),
  );
  window.history.replaceState(null, '', '/choose-password#the-secret');
  renderPage(routes, '/choose-password');

  const field = await screen.findByLabelText(/New password/);
  expect(window.location.hash).toBe('');
  expect(field).toHaveAttribute('autocomplete', 'new-password');
  await userEvent.type(field, 'correct horse battery');
  await userEvent.click(screen.getByRole('button', { name: 'Save and sign in' }));

  expect(await screen.findByText('home')).toBeInTheDocument();
  expect(sent).toEqual({ secret: 'the-secret', password: 'correct horse battery' });
});

test('says what to do when the link was used', async () => {
  server.use(http.post('*/api/v1/password-link', () => problem(404, 'NOT_FOUND', 'Ask for a new link.')));
  renderPage(routes, '/choose-password');

  await userEvent.type(await screen.findByLabelText(/New password/), 'correct horse battery');
  await userEvent.click(screen.getByRole('button', { name: 'Save and sign in' }));

  expect(await screen.findByText('Ask for a new link.')).toBeInTheDocument();
});

test('the first administrator goes on to make users', async () => {
  server.use(http.post('*/api/v1/first-administrator', () => HttpResponse.json({ ...me, role: 'ADMIN' })));
  renderPage(routes, '/first-administrator');

  await userEvent.type(await screen.findByLabelText(/Username/), 'ada');
  await userEvent.type(screen.getByLabelText(/New password/), 'correct horse battery');
  await userEvent.click(screen.getByRole('button', { name: 'Make the administrator' }));

  expect(await screen.findByText('the users')).toBeInTheDocument();
});
