/** What changed between two texts, line by line. */
export type LineChange = { kind: 'same' | 'added' | 'removed'; text: string };

/** Above this number of line pairs, the middle part is shown as replaced instead of being compared line by line. */
const maxPairs = 4_000_000;

/** Keeps the longest common subsequence of lines; the other lines are removed or added, in the order of the texts. */
export function lineDifference(before: string, after: string): LineChange[] {
  const left = before.split('\n');
  const right = after.split('\n');
  const head = commonLength(left, right);
  const tail = commonLength(left.slice(head).reverse(), right.slice(head).reverse());
  const same = (text: string): LineChange => ({ kind: 'same', text });
  return [
    ...left.slice(0, head).map(same),
    ...middleDifference(left.slice(head, left.length - tail), right.slice(head, right.length - tail)),
    ...left.slice(left.length - tail).map(same),
  ];
}

function commonLength(left: string[], right: string[]): number {
  let length = 0;
  while (length < left.length && length < right.length && left[length] === right[length]) {
    length += 1;
  }
  return length;
}

function middleDifference(left: string[], right: string[]): LineChange[] {
  if (left.length * right.length > maxPairs) {
    return [
      ...left.map((text) => ({ kind: 'removed' as const, text })),
      ...right.map((text) => ({ kind: 'added' as const, text })),
    ];
  }
  const common = commonSuffixLengths(left, right);
  const width = right.length + 1;
  const changes: LineChange[] = [];
  let row = 0;
  let column = 0;
  while (row < left.length || column < right.length) {
    const text = left[row];
    if (text !== undefined && text === right[column]) {
      changes.push({ kind: 'same', text });
      row += 1;
      column += 1;
      continue;
    }
    const whenRemoved = row < left.length ? (common[(row + 1) * width + column] ?? 0) : -1;
    const whenAdded = column < right.length ? (common[row * width + column + 1] ?? 0) : -1;
    if (whenRemoved >= whenAdded) {
      changes.push({ kind: 'removed', text: left[row] as string });
      row += 1;
    } else {
      changes.push({ kind: 'added', text: right[column] as string });
      column += 1;
    }
  }
  return changes;
}

/** The length of the longest common subsequence for every pair of suffixes, row by row. */
function commonSuffixLengths(left: string[], right: string[]): Uint32Array {
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        left[row] === right[column]
          ? (lengths[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(lengths[(row + 1) * width + column] ?? 0, lengths[row * width + column + 1] ?? 0);
    }
  }
  return lengths;
}
