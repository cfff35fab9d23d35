import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { RunModelCalls } from '@/api/types';
import { aRun, aRunModelCalls } from '@/testing/builders';
import { renderPart } from '@/testing/render-part';
import { MoneyLine } from './money-line';

function show(changes: Partial<RunModelCalls> = {}) {
  renderPart(<MoneyLine run={aRun()} llm={aRunModelCalls(changes)} />);
  return screen.getByRole('region', { name: 'Cost of model calls' });
}

test('shows what is spent of the budget', () => {
  expect(show()).toHaveTextContent('$1.23 of $5.00');
  expect(screen.getByRole('progressbar', { name: 'Budget used' })).toHaveAttribute('aria-valuenow', '25');
});

test('shows only what is there', () => {
  const line = show({ waitingMillis: 83_000, cacheHits: 40, failed: 2 });

  expect(line).toHaveTextContent('1,200 calls, 2 failed');
  expect(line).toHaveTextContent('252K tokens');
  expect(line).toHaveTextContent('waited 1 min 23 s');
  expect(line).toHaveTextContent('40 from cache');
  expect(line).not.toHaveTextContent(/unsettled|reserved|replayed/);
});

test('unsettled and reserved amounts count as used', () => {
  const line = show({ spent: '2', unsettled: '0.5', reserved: '1.25' });

  expect(line).toHaveTextContent('$0.50 unsettled');
  expect(line).toHaveTextContent('$1.25 reserved');
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '75');
});

test('calls that cost nothing are counted without money', () => {
  const line = show({ budget: null, spent: '0' });

  expect(line).toHaveTextContent('1,200 calls');
  expect(line).not.toHaveTextContent('$');
});

test('money without a budget is said to be so', () => {
  expect(show({ budget: null })).toHaveTextContent('$1.23 spent, no budget');
  expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
});
