import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { SegmentedProgress } from './segmented-progress';

test('is one progress bar with a section for every state that has records', () => {
  renderPart(
    <SegmentedProgress
      label="Records done"
      percent={43}
      parts={[
        { state: 'SUCCEEDED', count: 40 },
        { state: 'FAILED', count: 3 },
        { state: 'SKIPPED', count: 0 },
        { state: 'PENDING', count: 57 },
      ]}
    />,
  );

  const bar = screen.getByRole('progressbar', { name: 'Records done' });
  expect(bar).toHaveAttribute('aria-valuenow', '43');
  expect(bar.children).toHaveLength(2);
  expect(bar.children[0]).toHaveStyle({ '--progress-section-size': '40%' });
});
