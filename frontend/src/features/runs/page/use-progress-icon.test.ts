import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aRun } from '@/testing/builders';
import { useProgressIcon } from './use-progress-icon';

const icon = document.createElement('link');

beforeEach(() => {
  icon.rel = 'icon';
  icon.href = '/favicon.svg';
  document.head.append(icon);
});
afterEach(() => icon.remove());

test('draws a ring for an active run, a disc for a final one, and restores the icon', () => {
  const { rerender, unmount } = renderHook((run) => useProgressIcon(run), { initialProps: aRun() });
  expect(decodeURIComponent(icon.href)).toContain('stroke-dasharray');

  rerender(aRun({ status: 'FAILED' }));
  expect(decodeURIComponent(icon.href)).toContain('fill="#d6303c"');

  unmount();
  expect(icon.href).toMatch(/\/favicon\.svg$/);
});
