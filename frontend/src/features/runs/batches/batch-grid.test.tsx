import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { aBatch } from '@/testing/builders';
import { renderPart } from '@/testing/render-part';
import { BatchGrid, BatchGridOutline } from './batch-grid';

test('opens the batch of a cell', async () => {
  const onOpen = vi.fn();
  renderPart(<BatchGrid batches={[aBatch(), aBatch({ number: 1, failed: 2 })]} onOpen={onOpen} />);

  await userEvent.click(screen.getByTitle('Batch 1: succeeded, 2 records failed'));

  expect(onOpen).toHaveBeenCalledExactlyOnceWith(1);
});

test('says how many batches a cell stands for', () => {
  const batches = Array.from({ length: 2500 }, (_, number) => aBatch({ number }));
  renderPart(<BatchGrid batches={batches} onOpen={() => undefined} />);

  expect(screen.getByText('Each square stands for 3 batches.')).toBeInTheDocument();
  expect(screen.getByTitle('Batches 0 to 2: succeeded')).toBeInTheDocument();
});

test.each([1, 1000, 1001, 2500, 20_000])(
  'the outline of %i batches has as many cells as the grid',
  (total) => {
    const batches = Array.from({ length: total }, (_, number) => aBatch({ number }));
    renderPart(<BatchGrid batches={batches} onOpen={() => undefined} />);
    const cells = screen.getByRole('img').childElementCount;

    renderPart(<BatchGridOutline total={total} />);

    expect(screen.getByLabelText('Loading the batches').childElementCount).toBe(cells);
  },
);
