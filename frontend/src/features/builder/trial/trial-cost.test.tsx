import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Trial } from '@/api/types';
import { aRecord } from '@/testing/builders';
import { renderPart } from '@/testing/render-part';
import { TrialCost } from './trial-cost';

function aTrial(cost: string, calls = 2): Trial {
  const llm = { calls, promptTokens: 400, completionTokens: 20, cachedTokens: 0, cost };
  return { records: [aRecord(), aRecord({ index: 1 })], log: '', llm };
}

function trialOf(...costs: string[]): Trial {
  const records = costs.map((cost, index) => aRecord({ index, llm: { calls: 1, cost } }));
  return { ...aTrial(String(costs.reduce((sum, cost) => sum + Number(cost), 0)), costs.length), records };
}

function show(trial: Trial, budget = 1, reserve = 0) {
  const onBudget = vi.fn();
  const { container } = renderPart(
    <TrialCost trial={trial} total={5000} means={{ budget, reserve }} onBudget={onBudget} />,
  );
  return { container, onBudget };
}

test('estimates the cost of all records from those of the trial', () => {
  const { container } = show(aTrial('0.0002'));

  expect(container).toHaveTextContent('2 model calls, 420 tokens, $0.0002: about $0.50 for 5,000 records.');
  expect(container).toHaveTextContent('The budget of $1.00 is enough.');
});

test('offers a budget that is enough', async () => {
  const { container, onBudget } = show(aTrial('0.002'));

  expect(container).toHaveTextContent('about $5.00 for 5,000 records');
  expect(container).toHaveTextContent('The budget of $1.00 pays for about 1,000 of them.');
  await userEvent.click(screen.getByRole('button', { name: 'Set the budget to $6.30' }));

  expect(onBudget).toHaveBeenCalledWith('6.30');
});

test('the most that the last call can cost must be left', () => {
  const { container } = show(aTrial('0.0002'), 0.55, 0.1);

  expect(container).toHaveTextContent('The budget of $0.55 pays for about 4,500 of them.');
  expect(screen.getByRole('button', { name: 'Set the budget to $0.73' })).toBeInTheDocument();
});

test('says how far the cost may lie from the estimate, as the records of the trial differ', () => {
  const { container, onBudget } = show(trialOf('0.0001', '0.0003'), 1.2);

  expect(container).toHaveTextContent('about $0 to $2.00 for 5,000 records');
  expect(onBudget).not.toHaveBeenCalled();
});

test('a budget may not be enough where records differ', () => {
  const { container } = show(
    trialOf(...Array.from({ length: 50 }, (_, n) => (n % 2 ? '0.0001' : '0.0003'))),
    1.02,
  );

  expect(container).toHaveTextContent('about $0.856 to $1.14 for 5,000 records');
  expect(container).toHaveTextContent('The budget of $1.02 may not be enough.');
  expect(screen.getByRole('button', { name: 'Set the budget to $1.30' })).toBeInTheDocument();
});

test('calls that cost nothing are counted only', () => {
  const { container } = show(aTrial('0'));

  expect(container).toHaveTextContent('2 model calls, 420 tokens, $0.');
  expect(container).not.toHaveTextContent('budget');
});

test('a trial without calls shows nothing', () => {
  expect(show(aTrial('0', 0)).container).not.toHaveTextContent('call');
  expect(show({ records: [], log: '' }).container).not.toHaveTextContent('call');
});
