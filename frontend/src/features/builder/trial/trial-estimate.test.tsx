import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { aRecord } from '@/testing/builders';
import { renderPart } from '@/testing/render-part';
import { TrialEstimate } from './trial-estimate';

const record = aRecord({ stages: [{ step: 'one', stage: 'main', value: {}, ms: 2 }] });

test('suggests a batch size', async () => {
  const onBatchSize = vi.fn();
  renderPart(<TrialEstimate records={[record]} total={80_000} batchSize={100} onBatchSize={onBatchSize} />);

  await userEvent.click(screen.getByRole('button', { name: 'Use a batch size of 500' }));

  expect(onBatchSize).toHaveBeenCalledWith(500);
});

test('suggests nothing when the batch size fits or nothing was measured', () => {
  const { container } = renderPart(
    <>
      <TrialEstimate records={[record]} total={80_000} batchSize={500} onBatchSize={vi.fn()} />
      <TrialEstimate records={[aRecord({ stages: [] })]} total={80_000} batchSize={1} onBatchSize={vi.fn()} />
    </>,
  );

  expect(container).toHaveTextContent('All 80,000 records need about');
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
