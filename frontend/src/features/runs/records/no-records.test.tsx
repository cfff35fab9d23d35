import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aRun } from '@/testing/builders';
import { renderPage } from '@/testing/render-page';
import type { RecordFilter } from './filter/record-filter';
import { NoRecords } from './no-records';

function show(filter: RecordFilter, status: 'RUNNING' | 'SUCCEEDED' = 'SUCCEEDED') {
  renderPage([{ path: '/', element: <NoRecords run={aRun({ id: 'r1', status })} filter={filter} /> }], '/');
}

test.each<[RecordFilter, string]>([
  [{ status: 'SKIPPED' }, 'No skipped records'],
  [{ error: 'KeyError' }, 'No records with this failure'],
  [{ q: 'x' }, 'No record contains this text'],
  [{ q: 'x', status: 'FAILED' }, 'No matching record contains this text'],
])('the filter %j finds nothing: "%s"', (filter, title) => {
  show(filter);

  expect(screen.getByText(title)).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'all records' })).toHaveAttribute('href', '/runs/r1/records');
});

test('offers the text alone when other conditions exclude records', () => {
  show({ q: 'x y', status: 'FAILED' });

  expect(screen.getByRole('link', { name: 'all records with this text' })).toHaveAttribute(
    'href',
    '/runs/r1/records?q=x+y',
  );
});

test('says that an active run may still bring some', () => {
  show({ status: 'FAILED' }, 'RUNNING');

  expect(screen.getByText(/The run has not finished/)).toBeInTheDocument();
});
