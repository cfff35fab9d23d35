import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { aRun, aSavedPipeline } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { PipelineOrigin } from './pipeline-origin';

const main = { name: 'check.py', source: 'def transform(record):\n    return record\n' };

function show(source: string) {
  server.use(
    http.get('*/api/v1/pipelines/p1', ({ request }) => {
      expect(new URL(request.url).search).toBe('?version=3');
      return HttpResponse.json(aSavedPipeline({ id: 'p1', version: 3, steps: [{ name: 'check', main }] }));
    }),
  );
  const steps = [{ name: 'check', main: { ...main, source } }];
  const run = aRun({ pipeline: { id: 'p1', version: 3, name: 'scoring', steps } });
  renderPage([{ path: '/', element: <PipelineOrigin run={run} /> }], '/');
}

test('links to the version that the run came from', async () => {
  show(main.source);

  expect(await screen.findByText(/^From/)).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'scoring, version 3' })).toHaveAttribute(
    'href',
    '/pipelines/p1?version=3',
  );
});

test('says that the scripts have changed since', async () => {
  show('def transform(record):\n    return {}\n');

  expect(await screen.findByText(/^Changed since/)).toHaveTextContent(
    'Changed since scoring, version 3: 1 script differs',
  );
});
