// Runs and records as lines of text for a terminal.
import { env, stdout } from 'node:process';

const BAR_WIDTH = 32;
const COLOUR_OF_STATUS = { SUCCEEDED: 32, PARTIAL: 33, FAILED: 31, SKIPPED: 35, CANCELLED: 90, PAUSED: 36 };
const COUNTS = ['succeeded', 'failed', 'skipped', 'cancelled', 'pending'];

const number = new Intl.NumberFormat('en');
const coloured = stdout.isTTY && !env.NO_COLOR;

export function progressLine(run) {
  const { total, pending } = run.records;
  const share = total === 0 ? 1 : (total - pending) / total;
  const full = Math.round(share * BAR_WIDTH);
  const bar = '▓'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
  return `${run.name}  ${bar} ${Math.floor(share * 100)} %  ${number.format(total - pending)} of ${number.format(total)} records`;
}

export function summaryLines(run) {
  const counts = COUNTS.filter((name) => run.records[name] > 0).map(
    (name) => `${number.format(run.records[name])} ${name}`,
  );
  const lines = [
    `${status(run.status)}  ${counts.join(' + ')} = ${number.format(run.records.total)} records, in ${run.batches.total} batches`,
  ];
  return run.statusReason ? [...lines, describe(run.statusReason)] : lines;
}

// What its model calls cost; nothing where it made none.
export function moneyLines(run) {
  if (!run.llm?.calls) {
    return [];
  }
  const { calls, spent, budget } = run.llm;
  return [`${number.format(calls)} model calls cost $${spent}${budget ? ` of $${budget}` : ''}`];
}

// A record with, for each of its stages, what that stage changed.
export function recordLines(record) {
  const lines = [`record ${record.index}  ${status(record.status)}  ${cut(JSON.stringify(record.raw))}`];
  let before = record.raw;
  for (const stage of record.stages) {
    lines.push(`    ${stage.stage.padEnd(4)}  ${cut(changes(before, stage.value))}`);
    before = stage.value;
  }
  if (record.error) {
    const { stage, type, message, script, line } = record.error;
    const place = script ? ` (${script}, line ${line})` : '';
    lines.push(`    ${(stage ?? '').padEnd(4)}  ${cut(`${type}: ${message}${place}`)}`);
  }
  if (record.skipped) {
    lines.push(`    skipped: ${cut(describe(record.skipped))}`);
  }
  return lines;
}

function changes(before, after) {
  const added = Object.keys(after)
    .filter((key) => !Object.hasOwn(before, key))
    .map((key) => `+ ${key} ${JSON.stringify(after[key])}`);
  const changed = Object.keys(after)
    .filter((key) => Object.hasOwn(before, key) && !equal(before[key], after[key]))
    .map((key) => `~ ${key} ${JSON.stringify(after[key])}`);
  const removed = Object.keys(before)
    .filter((key) => !Object.hasOwn(after, key))
    .map((key) => `- ${key}`);
  return [...added, ...changed, ...removed].join('  ') || 'nothing changed';
}

function equal(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function describe(reason) {
  return typeof reason === 'string' ? reason : (reason.detail ?? reason.message ?? JSON.stringify(reason));
}

function status(word) {
  return coloured ? `\x1b[${COLOUR_OF_STATUS[word] ?? 0}m${word}\x1b[0m` : word;
}

function cut(text) {
  const room = Math.max(60, (stdout.columns ?? 120) - 30);
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}
