import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { Timestamp } from './timestamp';

test('shows UTC on hover and the exact time to programs', () => {
  renderPart(<Timestamp at="2026-03-01T10:00:00.123Z" />);

  const time = screen.getByTitle('2026-03-01 10:00:00 UTC');
  expect(time).toHaveAttribute('dateTime', '2026-03-01T10:00:00.123Z');
});
