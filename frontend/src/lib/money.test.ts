import { expect, test } from 'vitest';
import { formatMoney, formatMoneyRange, isAmount, roundedUp } from './money';

test('small amounts are shown with more digits', () => {
  const amounts = ['0', '0.000000000001', '0.0000412', '0.0042', '0.01', '0.1234', '0.9999', '1.2', '1204.5'];

  expect(amounts.map(formatMoney)).toEqual([
    '$0',
    '< $0.000001',
    '$0.000041',
    '$0.0042',
    '$0.01',
    '$0.123',
    '$1.00',
    '$1.20',
    '$1,204.50',
  ]);
});

test('a range whose ends look the same is one amount', () => {
  expect(formatMoneyRange('1.2', '1.6')).toBe('$1.20 to $1.60');
  expect(formatMoneyRange('1.201', '1.202')).toBe('$1.20');
});

test('an amount is digits with a point', () => {
  expect(['5', '0.25', ' 10.00 ', '0'].every(isAmount)).toBe(true);
  expect(['', '-1', '1,5', '1e3', '.5', '5.', 'five', '9999999999'].some(isAmount)).toBe(false);
});

test('rounds up to two significant digits', () => {
  expect([0, 0.0031, 0.0231, 0.5, 1, 1.234, 9.91, 123.4].map(roundedUp)).toEqual([
    '0.01',
    '0.01',
    '0.03',
    '0.50',
    '1.00',
    '1.30',
    '10.00',
    '130.00',
  ]);
});
