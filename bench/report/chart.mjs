// A chart of the three comparisons, for the README: readable on a light and on a dark page, since it brings its own ground.
import { milliseconds, seconds } from './units.mjs';

const WIDTH = 760;
const LEFT = 190;
const BAR_ROOM = 400;
const BAR_HEIGHT = 18;
const GROUP_HEIGHT = 78;
const TOP = 64;

const COMPARISONS = [
  {
    workload: 'W1',
    label: ({ large }) => [
      `${large.records.toLocaleString('en')} records`,
      `batches of ${large.batchSize.toLocaleString('en')}`,
    ],
    reference: 'plain Python, a process per core',
  },
  {
    workload: 'W2',
    label: ({ small }) => [`${small.records.toLocaleString('en')} records`, `batches of ${small.batchSize}`],
    reference: 'docker run per batch',
  },
  { workload: 'W3', label: () => ['10 records', 'one batch'], reference: 'one docker run' },
];

export function chart({ rows, sizes, machine, commit, startedAt }) {
  const groups = COMPARISONS.map(({ workload, label, reference }, index) => {
    const row = rows.find((candidate) => candidate.workload === workload);
    return group(index, label(sizes), [
      { name: 'this service', value: row.value, isOwn: true },
      { name: reference, value: row.referenceValue, isOwn: false },
    ]);
  });
  const height = TOP + GROUP_HEIGHT * groups.length + 26;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">
<title id="title">Time from submission to results: this service beside plain Python and docker run per batch</title>
<style>
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2933 }
  .heading { font-size: 16px; font-weight: 600 }
  .small { font-size: 11px; fill: #5b6773 }
  .ground { fill: #ffffff; stroke: #d5dbe1 }
  .own { fill: #0f766e }
  .other { fill: #b4bec8 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .small { fill: #9aa7b4 }
    .ground { fill: #14191f; stroke: #333c46 }
    .own { fill: #2dd4bf }
    .other { fill: #55616d }
  }
</style>
<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
<text class="heading" x="20" y="30">Time from submission to results, shorter is better</text>
<text class="small" x="20" y="48">Each pair of bars has a scale of its own.</text>
${groups.join('\n')}
<text class="small" x="20" y="${height - 14}">${machine.cores} cores, Docker ${machine.dockerEngine}, commit ${commit}, ${startedAt.slice(0, 10)}; bench/run measures it anew</text>
</svg>
`;
}

function group(index, label, bars) {
  const top = TOP + GROUP_HEIGHT * index;
  const longest = Math.max(...bars.map((bar) => bar.value));
  const lines = label.map(
    (line, at) => `<text${at > 0 ? ' class="small"' : ''} x="20" y="${top + 22 + at * 17}">${line}</text>`,
  );
  const drawn = bars.map((bar, at) => drawBar(bar, top + 8 + at * (BAR_HEIGHT + 8), longest));
  return [...lines, ...drawn].join('\n');
}

function drawBar({ name, value, isOwn }, top, longest) {
  const width = Math.max(2, (value / longest) * BAR_ROOM).toFixed(1);
  const isInside = Number(width) > BAR_ROOM / 2;
  const duration = value < 1 ? milliseconds(value) : seconds(value);
  const text = `${duration} · ${name}`;
  const start = isInside && !isOwn ? LEFT + 8 : LEFT + Number(width) + 8;
  return `<rect class="${isOwn ? 'own' : 'other'}" x="${LEFT}" y="${top}" width="${width}" height="${BAR_HEIGHT}" rx="3"/>
<text x="${start}" y="${top + 13.5}">${text}</text>`;
}
