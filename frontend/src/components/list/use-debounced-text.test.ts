import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useDebouncedText } from './use-debounced-text';

beforeEach(() => {
  vi.useFakeTimers();
  window.history.replaceState(null, '', '/datasets');
});

afterEach(() => {
  vi.useRealTimers();
  window.history.replaceState(null, '', '/');
});

test('hands on the last text when typing pauses', () => {
  const onText = vi.fn();
  const { result } = renderHook(() => useDebouncedText(onText, 200));

  act(() => result.current.send('a'));
  act(() => result.current.send('ab'));
  act(() => vi.advanceTimersByTime(199));
  expect(onText).not.toHaveBeenCalled();
  act(() => vi.advanceTimersByTime(1));

  expect(onText.mock.calls).toEqual([['ab']]);
});

test('hands on nothing once the user has gone to another page', () => {
  const onText = vi.fn();
  const { result } = renderHook(() => useDebouncedText(onText, 200));

  act(() => result.current.send('a'));
  window.history.pushState(null, '', '/runs?dataset=1');
  act(() => vi.advanceTimersByTime(1_000));

  expect(onText).not.toHaveBeenCalled();
});
