import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { aDatasetSummary } from '@/testing/builders';
import { pagedList } from '@/testing/paged';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { UploadedDatasets } from './uploaded-datasets';

test('finds a dataset beyond the newest 200 by its name', async () => {
  const datasets = Array.from({ length: 250 }, (_, at) =>
    aDatasetSummary({ id: `d${at}`, name: `${at}.json` }),
  );
  const onChosen = vi.fn();
  server.use(pagedList('*/api/v1/datasets', datasets));
  renderPage([{ path: '/', element: <UploadedDatasets onChosen={onChosen} /> }], '/');
  expect(await screen.findByText('0.json')).toBeInTheDocument();
  expect(screen.queryByText('249.json')).not.toBeInTheDocument();

  await userEvent.type(screen.getByRole('searchbox'), '249');
  await userEvent.click(await screen.findByRole('button', { name: /249\.json/ }));

  expect(onChosen).toHaveBeenCalledWith('d249');
});
