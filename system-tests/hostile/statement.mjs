// What a hostile script says about itself in its docstring: the first line what it tries, the last paragraph what must come of it.
//
//     records: 6 in batches of 3              5 in one batch where it does not say
//     time limit: 1                           seconds for a record, else 10
//     record 1: TIMEOUT or OOM_KILLED "text"  SUCCEEDED, or FAILED with such a type and that text in its message
//         name: EPERM or ENOSYS               what the script found out about itself, every attempt by its name
//     log: "text"                             is in the log of the first batch
//     retry: once                             the same must hold after a retry
//     beside: as quick as alone               runs beside it, one after the other, take at most five times as long as alone
//
// Records that are not named must succeed unchanged.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const DOCSTRING = /^"""(?<title>H\d+: [^\n]+)\n(?<rest>.*?)"""/s;
const RECORD = /^record (?<index>\d+): (?<outcomes>[^"]+?)(?: "(?<text>.+)")?$/;
const ANSWER = /^ {4}(?<name>.+?): (?<outcomes>.+)$/;
const RECORDS = /^records: (?<records>\d+) in batches of (?<batchSize>\d+)$/;
const TIME_LIMIT = /^time limit: (?<seconds>\d+)$/;
const LOG = /^log: "(?<text>.+)"$/;
const RETRY = /^retry: once$/;
const BESIDE = /^beside: as quick as alone$/;

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
  let found;
  if ((found = RECORD.exec(line)?.groups)) {
    statement.expected.set(Number(found.index), {
      outcomes: found.outcomes.split(' or '),
      text: found.text ?? '',
      answers: new Map(),
    });
  } else if ((found = ANSWER.exec(line)?.groups)) {
    [...statement.expected.values()].at(-1).answers.set(found.name, found.outcomes.split(' or '));
  } else if ((found = RECORDS.exec(line)?.groups)) {
    statement.records = Number(found.records);
    statement.batchSize = Number(found.batchSize);
  } else if ((found = TIME_LIMIT.exec(line)?.groups)) {
    statement.timeLimit = Number(found.seconds);
  } else if ((found = LOG.exec(line)?.groups)) {
    statement.log = found.text;
  } else if (BESIDE.test(line)) {
    statement.isTimedBeside = true;
  } else {
    assert.match(line, RETRY, `${statement.name} says what nobody understands`);
    statement.isRetried = true;
  }
}
