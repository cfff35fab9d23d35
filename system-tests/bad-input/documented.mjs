// Holds the service against one section of docs/bad-input.md: whatever is tested stands there with its answer, and the other way round.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, json } from './exchange.mjs';
import { proveItStillWorks } from './sound.mjs';

const DOCUMENT = new URL('../../docs/bad-input.md', import.meta.url);
const LONGEST_MS = 5_000;
const INSIDE = /\bat [\w.$]+\(|java\.|jakarta\.|org\.|Exception|\/tmp\//;
const TEMPORARY = ['drafts', 'uploads'];
const FOLDERS = [...TEMPORARY, 'blobs/datasets'];
const LONGEST_SWEEP_MS = 2_000;
const PAUSE_MS = 50;

// Calls define with the section; afterwards the service must hold as many datasets as before, and still work.
export function section(title, define) {
  describe(title, () => {
    const rows = rowsOf(title);
    let held;
    before(async () => (held = await holdings()));
    define(new Section(rows));
    test('every row of the document is tested', () => assert.deepEqual([...rows.keys()], []));
    after(async () => {
      assert.deepEqual(await holdings(), held, 'what was refused left nothing behind');
      await proveItStillWorks();
    });
  });
}

class Section {
  #rows;
  #open;

  constructor(rows) {
    this.#rows = rows;
    this.#open = new Map(rows);
  }

  // Every case must be answered with a problem. `answer` is such as "400 INVALID_JSON"; `cases` are what `send` is called with, by
  // their names; `check` looks at the problem beyond what all have.
  refuses(row, answer, send, cases, check = () => {}) {
    const [status, code] = answer.split(' ');
    this.#documented(row, answer);
    for (const [name, input] of Object.entries(cases)) {
      test(`${row}: ${name}`, async () =>
        check(assertProblem(await send(input), Number(status), code), name));
    }
  }

  // What is no refusal, or one of another kind: `check` is the whole test of each case.
  answers(row, answer, check, cases = { '': undefined }) {
    this.#documented(row, answer);
    for (const [name, input] of Object.entries(cases)) {
      test(name === '' ? row : `${row}: ${name}`, () => check(input, name));
    }
  }

  #documented(row, answer) {
    const documented = this.#open.get(row);
    this.#rows.delete(row);
    test(`${row} stands in docs/bad-input.md`, () => assert.equal(documented, answer));
  }
}

// The problem in the answer, which is a complete one, came soon and shows nothing of the inside.
export function assertProblem(answer, status, code) {
  const told = `${answer.status} ${answer.text ?? answer.received}`.slice(0, 400);
  assert.equal(answer.status, status, told);
  assert.match(answer.headers.get('Content-Type') ?? '', /^application\/problem\+json/, told);
  const problem = JSON.parse(answer.text);
  assert.deepEqual([problem.status, problem.code], [status, code], told);
  assert.ok(problem.title && problem.detail && problem.type, told);
  assert.doesNotMatch(problem.detail, INSIDE);
  assertSoon(answer);
  return problem;
}

export function assertSoon({ milliseconds }) {
  assert.ok(milliseconds < LONGEST_MS, `the answer took ${Math.round(milliseconds)} ms`);
}

// Sends it, which must succeed, and returns the body.
export async function accepted(answer, status) {
  const { status: found, text, milliseconds } = await answer;
  assert.equal(found, status, text?.slice(0, 400));
  assertSoon({ milliseconds });
  return JSON.parse(text);
}

// Keeps what is taken in for as long as the check lasts.
export async function withDataset(answer, check = () => {}) {
  const dataset = await accepted(answer, 201);
  try {
    await check(dataset);
  } finally {
    assert.equal((await ask('DELETE', `/api/v1/datasets/${dataset.id}`)).status, 204);
  }
}

// The rows "| case | answer |" below the heading, as Map from case to answer, without the marks of code.
function rowsOf(title) {
  const text = readFileSync(DOCUMENT, 'utf8')
    .split(/^## /m)
    .find((part) => part.startsWith(`${title}\n`));
  assert.ok(text, `docs/bad-input.md has no section ${title}`);
  const rows = [...text.matchAll(/^\| (.+?) \| (.+?) \|$/gm)].slice(1);
  return new Map(rows.map(([, name, answer]) => [name.replaceAll('`', ''), answer.replaceAll('`', '')]));
}

async function holdings() {
  const { items } = await accepted(json('GET', '/api/v1/datasets?limit=1000'), 200);
  return { datasets: items.length, ...(await foldersOf(process.env.SERVICE_FOLDER)) };
}

// How much stands in each folder of the service; a form that is refused is swept up right after its answer.
async function foldersOf(data) {
  const names = data ? FOLDERS : [];
  const waitsFor = Date.now() + LONGEST_SWEEP_MS;
  while (
    names.some((name) => TEMPORARY.includes(name) && countIn(join(data, name)) > 0) &&
    Date.now() < waitsFor
  ) {
    await pause(PAUSE_MS);
  }
  return Object.fromEntries(names.map((name) => [name, countIn(join(data, name))]));
}

function countIn(folder) {
  return existsSync(folder) ? readdirSync(folder).length : 0;
}
