import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/render-part';
import { LogText } from './log-text';

test('shows markup of scripts as text', () => {
  const { container } = renderPart(<LogText text={'<b onclick="x()">bold</b>'} />);

  expect(screen.getByText('<b onclick="x()">bold</b>')).toBeInTheDocument();
  expect(container.querySelector('b')).toBeNull();
});

test('says that scripts printed nothing', () => {
  renderPart(<LogText text={' \n'} />);

  expect(screen.getByText('No output.')).toBeInTheDocument();
});
