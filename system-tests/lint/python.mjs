// Lints and formats the Python of the project with ruff, as pyproject.toml says. With --write it fixes what it can.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';

const root = new URL('../../', import.meta.url);
const folders = ['src/main/python', 'src/test/python', 'clients/python'];
const write = process.argv.includes('--write');

const readConfiguration =
  "import json, tomllib; print(json.dumps(tomllib.load(open('pyproject.toml', 'rb'))['tool']['ruff']))";
const { 'per-file-target-version': versions, ...configuration } = JSON.parse(
  execFileSync('python3', ['-c', readConfiguration], { cwd: root }),
);
// A workspace checks texts without their paths, so each version of Python has its own; patterns are folders with /** behind them.
const usual = workspaceFor(configuration['target-version']);
const special = Object.entries(versions).map(([pattern, version]) => ({
  folder: pattern.replace(/\*\*$/, ''),
  ruff: workspaceFor(version),
}));

function workspaceFor(version) {
  return new Workspace({ ...configuration, 'target-version': version }, PositionEncoding.Utf16);
}

function ruffFor(name) {
  return special.find(({ folder }) => name.startsWith(folder))?.ruff ?? usual;
}

function pythonFiles() {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--deduplicate', ...folders], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((name) => name.endsWith('.py'));
}

function offsetOf(lines, { row, column }) {
  return lines.slice(0, row - 1).reduce((sum, line) => sum + line.length + 1, column - 1);
}

function fixOnce(ruff, text) {
  const found = ruff.check(text).find((diagnostic) => diagnostic.fix);
  if (!found) {
    return text;
  }
  const lines = text.split('\n');
  return found.fix.edits
    .toSorted((one, other) => offsetOf(lines, other.location) - offsetOf(lines, one.location))
    .reduce((result, edit) => {
      const before = result.slice(0, offsetOf(lines, edit.location));
      return before + (edit.content ?? '') + result.slice(offsetOf(lines, edit.end_location));
    }, text);
}

function fix(ruff, text) {
  const fixed = fixOnce(ruff, text);
  return fixed === text ? ruff.format(text) : fix(ruff, fixed);
}

let problems = 0;
for (const name of pythonFiles()) {
  const file = new URL(name, root);
  const ruff = ruffFor(name);
  const before = readFileSync(file, 'utf8');
  const text = write ? fix(ruff, before) : before;
  if (text !== before) {
    writeFileSync(file, text);
  }
  for (const { code, message, start_location: at } of ruff.check(text)) {
    problems += 1;
    console.error(`${name}:${at.row}:${at.column}: ${code} ${message}`);
  }
  if (ruff.format(text) !== text) {
    problems += 1;
    console.error(`${name}: not formatted; npm run format:python does it`);
  }
}
if (problems > 0) {
  console.error(`ruff: ${problems} problems`);
  process.exitCode = 1;
}
