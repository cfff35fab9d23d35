import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { Sparkline } from './sparkline';

const heights = () =>
  [...screen.getByRole('img', { name: 'Rate' }).querySelectorAll('rect')].map((bar) =>
    Number(bar.getAttribute('height')),
  );

test('scales the bars to the highest value', () => {
  renderPart(<Sparkline label="Rate" values={[1, 4, 2]} />);

  expect(heights()).toEqual([0.25, 1, 0.5]);
});

test('shows no bars when all values are zero', () => {
  renderPart(<Sparkline label="Rate" values={[0, 0]} />);

  expect(heights()).toEqual([0, 0]);
});
