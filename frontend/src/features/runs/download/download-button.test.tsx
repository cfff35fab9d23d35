import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { finished, routes, serveParts, serveRun } from '../page/run-page-fixture';

let asked: string[] = [];

beforeEach(() => {
  asked = [];
  serveParts();
  serveRun(finished);
  server.use(
    http.get('*/api/v1/runs/r1/results/estimate', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({
        records: 3,
        bytes: 1234,
        bytesPerRecord: 411,
        fileName: 'capitals-7f3a-records.csv',
      });
    }),
  );
});

async function openDialog(address: string) {
  renderPage(routes, address);
  await userEvent.click(await screen.findByRole('button', { name: 'Download' }));
  return within(await screen.findByRole('dialog', { name: 'Download results' }));
}

test('says how large the download is, and what it is called', async () => {
  const dialog = await openDialog('/runs/r1');

  expect(await dialog.findByText('3 records, about 1.2 KB')).toBeInTheDocument();
  const link = dialog.getByRole('link', { name: 'Download' });
  expect(link).toHaveAttribute(
    'href',
    '/api/v1/runs/r1/results?format=csv&columns=index%2Cstatus%2Cerror%2Cvalue',
  );
  expect(link).toHaveAttribute('download', 'capitals-7f3a-records.csv');
  expect(asked).toEqual(['?format=csv&columns=index%2Cstatus%2Cerror%2Cvalue']);
});

test('takes records, columns, fields and format', async () => {
  const user = userEvent.setup();
  const dialog = await openDialog('/runs/r1');

  await user.click(dialog.getByRole('radio', { name: 'Failed 1' }));
  await user.click(dialog.getByRole('checkbox', { name: 'Final value' }));
  await user.click(dialog.getByRole('checkbox', { name: 'Input' }));
  await user.type(dialog.getByLabelText(/^Fields/, { selector: 'input' }), 'country{Enter}');
  await user.click(dialog.getByRole('radio', { name: 'NDJSON' }));

  await waitFor(() =>
    expect(dialog.getByRole('link', { name: 'Download' })).toHaveAttribute(
      'href',
      '/api/v1/runs/r1/results?format=ndjson&columns=index%2Cstatus%2Cerror%2Craw&field=country&status=FAILED',
    ),
  );
});

test('says what the final values leave out', async () => {
  const user = userEvent.setup();
  const dialog = await openDialog('/runs/r1');

  await user.click(dialog.getByRole('radio', { name: 'Final values alone' }));

  expect(dialog.getByText(/2 of 3 records did not succeed and are left out/)).toBeInTheDocument();
  await user.click(dialog.getByRole('checkbox', { name: 'Byte order mark, for Excel' }));
  expect(dialog.getByRole('link', { name: 'Download' })).toHaveAttribute(
    'href',
    '/api/v1/runs/r1/results?format=csv&view=final&bom=true',
  );
});

test('begins with the filter of the page of records', async () => {
  const dialog = await openDialog('/runs/r1/records?status=FAILED&q=kenya');

  expect(dialog.getByRole('radio', { name: 'As filtered on the page' })).toBeChecked();
  expect(dialog.getByRole('link', { name: 'Download' })).toHaveAttribute(
    'href',
    '/api/v1/runs/r1/results?format=csv&columns=index%2Cerror%2Craw&status=FAILED&q=kenya',
  );
});
