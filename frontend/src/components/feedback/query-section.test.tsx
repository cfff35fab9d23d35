import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { ProblemError } from '@/lib/problems/problem';
import { renderPart } from '@/testing/render-part';
import { QuerySection } from './query-section';

const refetch = vi.fn();

function section(query: { data: string | undefined; error: Error | null }) {
  return (
    <QuerySection name="The list" query={{ ...query, refetch }}>
      {(data) => <p>{data}</p>}
    </QuerySection>
  );
}

test('shows a skeleton until there is data', () => {
  renderPart(section({ data: undefined, error: null }));

  expect(screen.getByLabelText('Loading')).toHaveAttribute('aria-busy', 'true');
});

test('shows what went wrong, why and where, and offers a retry', async () => {
  const error = new ProblemError({
    type: 'about:blank',
    status: 422,
    title: 'The pipeline breaks a rule',
    detail: 'A step has no main script.',
    errors: [{ pointer: '/steps/0/main', message: 'must not be empty' }],
  });
  renderPart(section({ data: undefined, error }));

  const alert = screen.getByRole('alert');
  expect(alert).toHaveTextContent('The pipeline breaks a rule');
  expect(alert).toHaveTextContent('A step has no main script.');
  expect(alert).toHaveTextContent('step 1 main: must not be empty');
  await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
  expect(refetch).toHaveBeenCalledTimes(1);
});

test('keeps showing old data when new data cannot be loaded', () => {
  renderPart(section({ data: 'old data', error: new Error('away') }));

  expect(screen.getByText('old data')).toBeInTheDocument();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});
