import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { DatasetReading } from './dataset-reading';

test.each([
  [{ format: 'ndjson' }, 'Read as NDJSON (one JSON object per line)'],
  [{ format: 'csv', separator: ';' }, 'Read as CSV, columns separated by semicolon'],
  [{ format: 'json', recordsPath: '/features' }, 'Read as JSON, records from /features'],
  [{ format: 'new', separator: null, recordsPath: null }, 'Read as new'],
])('describes %j', (reading, text) => {
  renderPart(<DatasetReading dataset={{ ...reading, notes: [] }} />);

  expect(screen.getByText(text)).toBeInTheDocument();
  expect(screen.queryByRole('list')).not.toBeInTheDocument();
});

test('lists the notes of the service', () => {
  renderPart(
    <DatasetReading dataset={{ format: 'csv', notes: ['Two rows are shorter than the header.'] }} />,
  );

  expect(screen.getByRole('listitem')).toHaveTextContent('Two rows are shorter than the header.');
});
