import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { aRecord, aWindow } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { finished, routes, serveParts, serveRun } from './run-page-fixture';

beforeEach(serveParts);

test('shows the changes of a stage and its output', async () => {
  serveRun(finished);

  renderPage(routes, '/runs/r1/records/0');

  const drawer = await screen.findByRole('dialog');
  expect(await within(drawer).findByText('is_correct')).toBeInTheDocument();
  expect(within(drawer).getByText('true')).toBeInTheDocument();
  expect(within(drawer).queryByText('"Italy"')).not.toBeInTheDocument();
  await userEvent.click(within(drawer).getByText('Show 1 unchanged field'));
  expect(within(drawer).getByText('"Italy"')).toBeInTheDocument();
  expect(await within(drawer).findByText('seen Italy')).toBeInTheDocument();
});

test('F opens the next failed record at the line of its error', async () => {
  serveRun(finished);
  const { router } = renderPage(routes, '/runs/r1/records/0');
  await screen.findByRole('dialog');

  await userEvent.keyboard('f');

  const error = await screen.findByRole('region', { name: 'Error' });
  expect(router.state.location.pathname).toBe('/runs/r1/records/1');
  expect(error).toHaveTextContent("KeyError: 'capital'");
  expect(within(error).getByText('return record', { exact: false })).toBeInTheDocument();
});

test('K opens the previous record and stops at the first', async () => {
  serveRun(finished);
  const { router } = renderPage(routes, '/runs/r1/records/1');
  await screen.findByRole('dialog');

  await userEvent.keyboard('kk');

  await waitFor(() => expect(router.state.location.pathname).toBe('/runs/r1/records/0'));
});

test('shows the input of the stage that failed', async () => {
  serveRun(finished);
  const failed = aRecord({
    status: 'FAILED',
    raw: { country: 'Kenya' },
    stages: [{ step: 'check', stage: 'pre', value: { country: 'Kenya', trimmed: true }, ms: 0.1 }],
    error: { step: 'check', stage: 'main', type: 'KeyError', message: "'capital'", line: 2 },
  });
  server.use(http.get('*/api/v1/runs/:id/records', () => HttpResponse.json(aWindow([failed]))));

  renderPage(routes, '/runs/r1/records/0');

  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByText('Input of main')).toBeInTheDocument();
  expect(dialog).toHaveTextContent('trimmed: true');
  expect(within(dialog).getByRole('button', { name: 'main' })).toHaveAttribute('aria-pressed', 'true');
});
