import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aRecord, aRun } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import { RecordActions } from './record-actions';

function show(record: ReturnType<typeof aRecord>) {
  const run = aRun({ id: 'r1' });
  renderPage([{ path: '/', element: <RecordActions run={run} record={record} /> }], '/');
}

test('a record is edited and tried in the builder', () => {
  show(aRecord({ index: 4711 }));

  expect(screen.getByRole('link', { name: 'Edit and try' })).toHaveAttribute(
    'href',
    '/new?from=r1&sample=4711',
  );
  expect(screen.getByRole('button', { name: 'Copy the result' })).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'Correct the script' })).not.toBeInTheDocument();
});

test('the script of a failed record is corrected at its line, with the record to try it on', () => {
  const error = {
    step: 'check',
    stage: 'main' as const,
    type: 'KeyError',
    message: "'x'",
    script: 'check.py',
    line: 3,
  };
  show(aRecord({ index: 7, status: 'FAILED', stages: [], error }));

  expect(screen.getByRole('link', { name: 'Correct the script' })).toHaveAttribute(
    'href',
    '/new?from=r1&script=check%2Fmain&line=3&try=7',
  );
  expect(screen.getByRole('button', { name: 'Copy the record' })).toBeInTheDocument();
});
