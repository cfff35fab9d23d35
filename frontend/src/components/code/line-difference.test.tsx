import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { LineDifference } from './line-difference';

test('marks added and removed lines with signs, not with colour alone', () => {
  renderPart(<LineDifference before={'a\nb'} after={'a\nc'} />);

  const lines = [...screen.getByRole('region', { name: 'What changed' }).children];
  expect(lines.map((line) => line.textContent)).toEqual([' a', '−b', '+c']);
});
