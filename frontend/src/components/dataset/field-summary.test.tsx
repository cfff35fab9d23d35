import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { FieldSummary } from './field-summary';

test('shows types and the share of records for every field', () => {
  renderPart(
    <FieldSummary
      records={62}
      fields={[
        { name: 'id', types: ['integer'], present: 62 },
        { name: 'capital', types: ['string', 'null'], present: 61 },
      ]}
    />,
  );

  expect(screen.getByRole('row', { name: 'id integer 100%' })).toBeInTheDocument();
  // Not 100 before it is all of them.
  expect(screen.getByRole('row', { name: 'capital string, null 98%' })).toBeInTheDocument();
  expect(screen.getByTitle('61 records')).toBeInTheDocument();
});
