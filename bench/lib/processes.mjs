// Processes of this machine, as /proc shows them.
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

// Runs a command to its end; throws with the end of what it said when it fails.
export function run(command, commandArguments) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text) => {
      said = (said + text).slice(-2_000);
    });
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) {
        resolve();
        return;
      }
      reject(new Error(`${command} ${commandArguments[0]} ended with status ${status}: ${said.trim()}`));
    });
  });
}

// Memory of a process in bytes: now (VmRSS) or at its highest (VmHWM).
export function memoryOf(pid, field = 'VmRSS') {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'));
  return Number(line[1]) * 1024;
}

// CPU seconds of a process so far; with its ended children where asked for. 0 when it is gone.
export function cpuSecondsOf(pid, withChildren = false) {
  const fields = statOf(pid);
  if (!fields) {
    return 0;
  }
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number);
  return (user + system + (withChildren ? childrenUser + childrenSystem : 0)) / TICKS_PER_SECOND;
}

export function childrenOf(parent) {
  return pids().filter((pid) => Number(statOf(pid)?.[1]) === parent);
}

export function pidsNamed(...names) {
  return pids().filter((pid) => {
    const name = nameOf(pid);
    return names.some((wanted) => name.startsWith(wanted));
  });
}

function pids() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function nameOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

// The fields of /proc/PID/stat from the state on; the name before them may hold anything.
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

// Name and CPU seconds of every thread of a process, by its id.
export function threadsOf(pid) {
  const threads = new Map();
  for (const id of readdirSync(`/proc/${pid}/task`)) {
    const path = `${pid}/task/${id}`;
    threads.set(id, { name: nameOf(path), seconds: cpuSecondsOf(path) });
  }
  return threads;
}
