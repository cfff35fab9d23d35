/** Money as the API writes it: dollars as decimal text. Sums are the service's; here it is only shown and compared. */

const fromDollar = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const fromCent = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 3 });
const belowCent = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumSignificantDigits: 2 });

/** What is less is shown as less than this. */
const least = 0.000001;

/** `$1,204.50`, `$0.123`, `$0.0042`: the smaller the amount, the more digits. */
export function formatMoney(amount: string | number): string {
  const dollars = Number(amount);
  if (dollars === 0) {
    return '$0';
  }
  if (dollars < least) {
    return '< $0.000001';
  }
  if (dollars < 0.01) {
    return `$${belowCent.format(dollars)}`;
  }
  return `$${(dollars < 0.9995 ? fromCent : fromDollar).format(dollars)}`;
}

/** `$1.20 to $1.60`, or one amount where both look the same. */
export function formatMoneyRange(low: string | number, high: string | number): string {
  const [from, to] = [formatMoney(low), formatMoney(high)];
  return from === to ? from : `${from} to ${to}`;
}

/** Whether a text is an amount of money as the API accepts it: `5`, `0.25`. */
export function isAmount(text: string): boolean {
  return /^\d{1,9}(\.\d{1,12})?$/.test(text.trim());
}

/** The next amount of two significant digits, at least a cent: 1.234 → `1.30`, 0.0231 → `0.03`. */
export function roundedUp(dollars: number): string {
  const cents = Math.ceil(dollars * 100 - 1e-9);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, cents))) - 1);
  return ((Math.max(1, Math.ceil(cents / unit)) * unit) / 100).toFixed(2);
}
