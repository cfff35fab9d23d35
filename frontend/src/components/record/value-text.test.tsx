import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { ExactNumber } from '@/lib/values/exact-json';
import { renderPart } from '@/testing/render-part';
import { ValueText } from './value-text';

test('shows every digit of a number', () => {
  renderPart(<ValueText value={{ price: new ExactNumber('1.10') }} />);

  expect(screen.getByText(/price/)).toHaveTextContent('{ "price": 1.10 }');
});

test('truncates a large value and shows all of it on demand', async () => {
  const { container } = renderPart(<ValueText value={{ text: `${'x'.repeat(2100)}end` }} />);
  expect(container).not.toHaveTextContent('end');

  await userEvent.click(screen.getByRole('button', { name: 'Show all' }));

  await userEvent.click(screen.getByText('text'));
  await userEvent.keyboard('{ArrowRight}{End}');
  expect(container).toHaveTextContent('end');
});
