import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { SectionBoundary } from './section-boundary';

function Section({ content }: { content: () => string }) {
  return <p>{content()}</p>;
}

test('contains an error and renders the section again on demand', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const chart = vi.fn().mockImplementation(() => {
    throw new Error('broken');
  });
  renderPart(
    <>
      <SectionBoundary name="The chart">
        <Section content={chart} />
      </SectionBoundary>
      <p>the rest</p>
    </>,
  );
  expect(screen.getByRole('alert')).toHaveTextContent('The chart cannot be shown');
  expect(screen.getByText('the rest')).toBeInTheDocument();

  chart.mockReturnValue('the chart');
  await userEvent.click(screen.getByRole('button', { name: 'Retry' }));

  expect(screen.getByText('the chart')).toBeInTheDocument();
});
