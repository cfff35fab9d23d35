import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { Run } from '@/api/types';
import { aRun, aRunModelCalls } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { RunPage } from '../../page/run-page';

const paused = aRun({
  id: 'r1',
  status: 'PAUSED',
  statusReason: 'The budget is used up: this call needs up to $0.02, $0.01 is left.',
  llm: aRunModelCalls({ spent: '4.99', pauseReason: 'BUDGET', needed: '0.02' }),
});

let requests: unknown[] = [];

/** A service with one run; `answer` is what it says to a request to resume it. */
function show(run: Run, answer: () => Response = () => HttpResponse.json({ ...run, status: 'QUEUED' })) {
  server.use(
    http.get('*/api/v1/runs/:id', () => HttpResponse.json(run)),
    http.post('*/api/v1/runs/:id/resume', async ({ request }) => {
      requests.push(await request.json());
      return answer();
    }),
  );
  renderPage([{ path: '/runs/:id', element: <RunPage /> }], '/runs/r1');
}

beforeEach(() => {
  requests = [];
});

async function openDialog() {
  await userEvent.click(await screen.findByRole('button', { name: 'Resume' }));
  return within(await screen.findByRole('dialog'));
}

test('a paused run says why, and what to do', async () => {
  show(paused);

  expect(await screen.findByText('Paused')).toBeInTheDocument();
  expect(screen.getByRole('status')).toHaveTextContent(
    'The budget is used up: this call needs up to $0.02, $0.01 is left.',
  );
  expect(screen.getByRole('status')).toHaveTextContent('Resume the run with a larger budget, or cancel it.');
  expect(screen.getByRole('button', { name: 'Cancel' })).toBeInTheDocument();
  await waitFor(() => expect(document.title).toBe('Paused 43% · capitals · Data Pipeline'));
});

test('resumes with the suggested budget', async () => {
  show(paused);
  const dialog = await openDialog();

  expect(dialog.getByText('$4.99 of $5.00')).toBeInTheDocument();
  expect(dialog.getByLabelText('New budget, in dollars')).toHaveValue('11.00');
  await userEvent.click(dialog.getByRole('button', { name: 'Resume with $11.00' }));

  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(requests).toEqual([{ budget: '11.00' }]);
});

test('a budget that is no more than what is spent is not sent', async () => {
  show(paused);
  const dialog = await openDialog();
  const field = dialog.getByLabelText('New budget, in dollars');

  await userEvent.clear(field);
  await userEvent.type(field, '4.5{Enter}');
  expect(field).toBeInvalid();
  expect(dialog.getByText('Enter more than the $4.99 that are spent already.')).toBeInTheDocument();
  await userEvent.clear(field);
  await userEvent.type(field, 'more{Enter}');
  expect(dialog.getByText('Enter an amount in dollars, such as 5 or 0.50.')).toBeInTheDocument();

  expect(requests).toEqual([]);
});

test('what the service says about the budget is shown at the field', async () => {
  show(paused, () =>
    HttpResponse.json(
      {
        title: 'Value out of range',
        status: 422,
        errors: [{ pointer: '/budget', message: 'must be at most 1,000 dollars' }],
      },
      { status: 422 },
    ),
  );
  const dialog = await openDialog();

  await userEvent.click(dialog.getByRole('button', { name: /^Resume with/ }));

  expect(await dialog.findByText('must be at most 1,000 dollars')).toBeInTheDocument();
  expect(dialog.getByLabelText('New budget, in dollars')).toBeInvalid();
});

test('another refusal is shown in the dialog', async () => {
  show(paused, () =>
    HttpResponse.json({ title: 'Not possible in this state', status: 409 }, { status: 409 }),
  );
  const dialog = await openDialog();

  await userEvent.click(dialog.getByRole('button', { name: /^Resume with/ }));

  expect(await dialog.findByRole('alert')).toHaveTextContent('Not possible in this state');
});

test('a refused key needs no budget, and can be checked', async () => {
  const llm = aRunModelCalls({ pauseReason: 'KEY_REFUSED' });
  show({ ...paused, statusReason: 'openai does not accept the key.', llm });
  server.use(
    http.post('*/api/v1/llm/upstreams/openai/check', () =>
      HttpResponse.json({
        isUsable: false,
        problem: 'The key is not accepted (401).',
        models: [],
        durationMs: 1,
      }),
    ),
  );
  const dialog = await openDialog();

  await userEvent.click(dialog.getByRole('button', { name: 'Check openai' }));
  expect(await dialog.findByText('The key is not accepted (401).')).toBeInTheDocument();
  expect(dialog.queryByLabelText('New budget, in dollars')).not.toBeInTheDocument();
  await userEvent.click(dialog.getByRole('button', { name: 'Resume' }));

  await waitFor(() => expect(requests).toEqual([{}]));
});
