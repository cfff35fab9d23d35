// What the figures were measured on: a figure without its machine says nothing.
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';

export function describeMachine(baseImage) {
  return {
    cores: cpus().length,
    processor: cpus()[0].model,
    memoryBytes: totalmem(),
    kernel: release(),
    dockerEngine: said('docker', ['version', '--format', '{{.Server.Version}}']),
    storageDriver: said('docker', ['info', '--format', '{{.Driver}}']),
    java: said(join(process.env.JAVA_HOME, 'bin/java'), ['--version']).split('\n')[0],
    python: said('python3', ['--version']),
    sandboxPython: said('docker', ['run', '--rm', '--network', 'none', baseImage, 'python3', '--version']),
    node: process.version,
  };
}

export function describeCommit() {
  const commit = said('git', ['rev-parse', '--short=10', 'HEAD']);
  const changed = said('git', [
    'status',
    '--porcelain',
    '--',
    'src',
    'pom.xml',
    'frontend',
    'examples',
    'bench',
    ':!bench/results',
    'system-tests/harness',
  ]);
  return changed ? `${commit}-changed` : commit;
}

// Seconds that a page fault takes, the copy of a page and a fork.
export function pricesOfMachine() {
  return JSON.parse(said('python3', ['bench/references/prices.py']));
}

// Processes that want a processor, over the last minute.
export function loadAverage() {
  return loadavg()[0];
}

function said(command, commandArguments) {
  return execFileSync(command, commandArguments, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
