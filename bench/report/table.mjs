// From samples to the rows of the table.

import { WORKLOADS } from '../workloads/workloads.mjs';
import { median } from './statistics.mjs';
import { ratio } from './units.mjs';

const WORD_OF = { aim: 'yes, and the aim', must: 'yes', missed: 'NO' };

// One row per promise, with its numbers and its texts.
export function rowsOf(workloads, samples, sizes) {
  return workloads.flatMap((name) =>
    WORKLOADS[name].rows.map((row) => ({
      workload: name,
      title: WORKLOADS[name].title(sizes),
      what: row.what,
      ...judged(row, samples),
    })),
  );
}

function judged(row, samples) {
  const own = medianOf(row.figure, samples);
  const unit = row.figure[2];
  const result = {
    value: own,
    figure: unit(own),
    range: rangeOf(row.figure, samples),
    reference: '',
    ratio: '',
    must: row.promise?.must ?? '',
    aim: row.promise?.aim ?? '',
  };
  let number = own;
  if (row.reference) {
    const other = medianOf(row.reference, samples);
    number = row.judge(own, other);
    Object.assign(result, {
      referenceValue: other,
      reference: `${row.reference[3]}: ${row.reference[2](other)}`,
      judged: number,
      ratio: (row.judgedIn ?? ratio)(number),
    });
  }
  const outcome = row.promise?.judge(number);
  return { ...result, outcome, holds: outcome ? WORD_OF[outcome] : '' };
}

function medianOf([measurement, field], samples) {
  const taken = samples[measurement];
  return typeof field === 'function' ? field(taken) : median(taken.map((sample) => sample[field]));
}

// From the lowest to the highest of the rounds.
function rangeOf([measurement, field, unit], samples) {
  if (typeof field === 'function' || samples[measurement].length < 2) {
    return '';
  }
  const values = samples[measurement].map((sample) => sample[field]);
  return `${unit(Math.min(...values))} to ${unit(Math.max(...values))}`;
}

const COLUMNS = [
  ['', (row) => row.workload],
  ['measured', (row) => row.what],
  ['median', (row) => row.figure],
  ['range', (row) => row.range],
  ['reference', (row) => row.reference],
  ['compared', (row) => row.ratio],
  ['must', (row) => row.must],
  ['aim', (row) => row.aim],
  ['holds', (row) => row.holds],
];

// The table as lines for a terminal.
export function plainTable(rows) {
  const cells = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, text]) => text(row)))];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function markdownTable(rows) {
  const lines = [
    COLUMNS.map(([title]) => title),
    COLUMNS.map(() => '---'),
    ...rows.map((row) => COLUMNS.map(([, text]) => text(row))),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}
