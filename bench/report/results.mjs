// Writes what was measured where it is kept: as JSON for programs and as Markdown for people.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from './table.mjs';
import { usageText } from './usage-table.mjs';

// A machine with more to do than this has no processor left for a benchmark.
export const HIGHEST_FAIR_LOAD = 1;

// A whole benchmark replaces the last one, which stays in the history of the repository; all others are for a look.
export function writeResults(results) {
  const { isWhole, quick } = results.options;
  const folder = isWhole && !quick ? 'bench/results' : 'target/bench';
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'benchmark');
  writeFileSync(`${file}.json`, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(`${file}.md`, markdown(results));
  return `${file}.md`;
}

function markdown(results) {
  const { machine, options } = results;
  const titles = new Map(results.rows.map((row) => [row.workload, row.title]));
  return `# Benchmark of ${results.startedAt.slice(0, 10)}, commit ${results.commit}

${markdownTable(results.rows)}

${[...titles].map(([workload, title]) => `- **${workload}** ${title}`).join('\n')}

Medians of ${options.rounds} ${options.rounds === 1 ? 'round' : 'rounds'} in which workloads and references took turns${options.quick ? '; small sizes (--quick)' : ''}.
${results.sampled}

${usageText(results.usage, results.prices)}

| machine | |
|---|---|
| processor | ${machine.cores} cores, ${machine.processor}, ${(machine.memoryBytes / 2 ** 30).toFixed(0)} GiB |
| kernel | ${machine.kernel} |
| Docker engine | ${machine.dockerEngine}, ${machine.storageDriver} |
| Java | ${machine.java} |
| Python | ${machine.python} outside, ${machine.sandboxPython} in the containers |
| Node (the client) | ${machine.node} |
| load before and after | ${results.loadBefore.toFixed(2)}, ${results.loadAfter.toFixed(2)}${results.loadBefore > HIGHEST_FAIR_LOAD ? ' (the machine had other work to do: the figures are worth little)' : ''} |
| from, to | ${results.startedAt}, ${results.endedAt} |
`;
}
