// What a hostile script says about itself in its docstring: the first line what it tries, the last paragraph what must come of it.
//
//     records: 6 in batches of 3              5 in one batch where it does not say
//     time limit: 1                           seconds for a record, else 10
//     record 1: TIMEOUT or OOM_KILLED "text"  SUCCEEDED, or FAILED with such a type and that text in its message
//         name: EPERM or ENOSYS               what the script found out about itself, every attempt by its name
//     log: "text"                             is in the log of the first batch
//     retry: once                             the same must hold after a retry
//     models: one                             may be called through the service; its answers are in hostile.test.mjs
//     beside: as quick as alone               runs beside it, one after the other, take at most five times as long as alone
//
// Records that are not named must succeed unchanged.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const DOCSTRING = /^"""(?<title>H\d+: [^\n]+)\n(?<rest>.*?)"""/s;

// The kinds of lines: what each says of the statement, from the named groups.
const LINES = [
  [
    /^record (?<index>\d+): (?<outcomes>[^"]+?)(?: "(?<text>.+)")?$/,
    ({ expected }, { index, outcomes, text = '' }) =>
      expected.set(Number(index), { outcomes: outcomes.split(' or '), text, answers: new Map() }),
  ],
  [
    /^ {4}(?<name>.+?): (?<outcomes>.+)$/,
    ({ expected }, { name, outcomes }) =>
      [...expected.values()].at(-1).answers.set(name, outcomes.split(' or ')),
  ],
  [
    /^records: (?<records>\d+) in batches of (?<batchSize>\d+)$/,
    (statement, { records, batchSize }) =>
      Object.assign(statement, { records: Number(records), batchSize: Number(batchSize) }),
  ],
  [
    /^time limit: (?<seconds>\d+)$/,
    (statement, { seconds }) => Object.assign(statement, { timeLimit: Number(seconds) }),
  ],
  [/^log: "(?<text>.+)"$/, (statement, { text }) => Object.assign(statement, { log: text })],
  [/^beside: as quick as alone$/, (statement) => Object.assign(statement, { isTimedBeside: true })],
  [/^models: one$/, (statement) => Object.assign(statement, { callsModel: true })],
  [/^retry: once$/, (statement) => Object.assign(statement, { isRetried: true })],
];

export function readStatement(file) {
  const source = readFileSync(file, 'utf8');
  const { title, rest } =
    DOCSTRING.exec(source)?.groups ?? assert.fail(`${file} has no docstring that begins with its number`);
  const statement = {
    name: basename(file),
    source,
    title,
    records: 5,
    batchSize: 5,
    timeLimit: 10,
    expected: new Map(),
    log: '',
    callsModel: false,
    isRetried: false,
    isTimedBeside: false,
  };
  for (const line of rest.trimEnd().split('\n\n').at(-1).split('\n').filter(Boolean)) {
    read(line, statement);
  }
  assert.ok(statement.expected.size > 0, `${file} says nothing of its records`);
  return statement;
}

function read(line, statement) {
  const [pattern, take] =
    LINES.find(([pattern]) => pattern.test(line)) ??
    assert.fail(`${statement.name} has a line of no known kind: ${line}`);
  take(statement, pattern.exec(line).groups);
}
