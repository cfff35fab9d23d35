// Processor time and page faults by kind of process, and what page faults of another price would make of them.

// Where page tables are nested, as on many clouds.
const DEAR_FAULT_SECONDS = 16e-6;

// A Markdown text; empty if nothing was taken. `prices` are seconds.
export function usageText(usage, prices) {
  if (usage.length === 0) {
    return '';
  }
  const dear = (DEAR_FAULT_SECONDS * 1e6).toFixed(0);
  const titles = [
    ['', 'seconds', 'CPU s: service', 'database', 'sandboxes', 'Docker', 'client'],
    ['page faults: service', 'database', 'sandboxes', 'per batch'],
    ['what they cost here', `at ${dear} µs each`],
  ].flat();
  const lines = [
    titles,
    ['---', ...titles.slice(1).map(() => '---:')],
    ...usage.map((used) => cells(used, prices)),
  ];
  return `${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}

One run of each, apart from those that are timed. ${sentenceOnPrices(prices)}`;
}

function cells({ workload, batches, seconds, cpu, faults }, prices) {
  const all = faults.service + faults.database + faults.sandboxes;
  return [
    workload,
    ...[seconds, cpu.service, cpu.database, cpu.sandboxes, cpu.docker, cpu.client].map((value) =>
      value.toFixed(2),
    ),
    ...[faults.service, faults.database, faults.sandboxes, all / batches].map((value) =>
      Math.round(value).toLocaleString('en'),
    ),
    `${(all * prices.copy).toFixed(2)} s`,
    `${(all * DEAR_FAULT_SECONDS).toFixed(2)} s`,
  ];
}

function sentenceOnPrices({ page, copy, fork }) {
  return `A page fault takes ${micro(page)} µs here in memory that was never used and ${micro(copy)} µs where a fork copies the page; a bare Python forks, ends and is waited for in ${micro(fork)} µs.`;
}

function micro(seconds) {
  return String(Number((seconds * 1e6).toPrecision(2)));
}
