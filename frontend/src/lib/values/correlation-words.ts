import { formatNumber } from '../format';

/** A trait of a field, as the service reports it. */
export type Trait = {
  kind: string;
  value?: string | null | undefined;
  to?: string | null | undefined;
};

/** What the trait says about its field, such as `is missing` or `is at least 400`. */
export function traitWords({ kind, value, to }: Trait): string {
  switch (kind) {
    case 'MISSING':
      return 'is missing';
    case 'PRESENT':
      return 'is there';
    case 'NULL':
      return 'is null';
    case 'EMPTY':
      return 'is empty';
    case 'VALUE':
      return `is ${value}`;
    case 'TYPE':
      return typeWords(value ?? '');
    case 'PATTERN':
      return `looks like ${value}`;
    case 'AT_LEAST':
      return `is ${value} or more`;
    case 'AT_MOST':
      return `is ${value} or less`;
    case 'BETWEEN':
      return `is between ${value} and ${to}`;
    case 'LENGTH_AT_LEAST':
      return `has a length of ${value} or more`;
    case 'LENGTH_AT_MOST':
      return `has a length of ${value} or less`;
    default:
      return `${kind} ${value ?? ''}`.trim();
  }
}

function typeWords(type: string): string {
  return type === 'object' ? 'is an object' : `is a ${type}`;
}

/** `in all 100 that failed so, in 2 of 4,900 others`. */
export function shareWords(
  { group, others }: { group: number; others: number },
  sampled: { group: number; others: number },
  verb: string,
): string {
  const ours =
    group === sampled.group
      ? `in all ${formatNumber(group)} ${verb}`
      : `in ${formatNumber(group)} of ${formatNumber(sampled.group)} ${verb}`;
  const theirs = `in ${others === 0 ? 'none' : formatNumber(others)} of ${formatNumber(sampled.others)} others`;
  return `${ours}, ${theirs}`;
}
