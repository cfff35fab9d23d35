// Processes of this machine, as /proc shows them.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const MEBIBYTE = 1 << 20;
const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

// Megabytes in memory, open file descriptors and threads.
export function resourcesOf(id) {
  return {
    megabytes: Math.round(memoryOf(id) / MEBIBYTE),
    descriptors: readdirSync(`/proc/${id}/fd`).length,
    threads: readdirSync(`/proc/${id}/task`).length,
  };
}

// Memory of a process in bytes: now (VmRSS) or at its highest (VmHWM).
export function memoryOf(id, field = 'VmRSS') {
  const status = readFileSync(`/proc/${id}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
}

// CPU seconds of a process so far; with its ended children where asked for. 0 when it is gone.
export function cpuSecondsOf(id, withChildren = false) {
  const fields = statOf(id);
  if (!fields) {
    return 0;
  }
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number);
  return (user + system + (withChildren ? childrenUser + childrenSystem : 0)) / TICKS_PER_SECOND;
}

// Page faults of a process so far; with those of its ended children where asked for. 0 when it is gone.
export function pageFaultsOf(id, withChildren = false) {
  const fields = statOf(id);
  if (!fields) {
    return 0;
  }
  const [minor, minorOfChildren, major, majorOfChildren] = fields.slice(7, 11).map(Number);
  return minor + major + (withChildren ? minorOfChildren + majorOfChildren : 0);
}

export function childrenOf(parent) {
  return processes().filter((id) => Number(statOf(id)?.[1]) === parent);
}

// The processes whose names begin with one of these.
export function processesNamed(...names) {
  return processes().filter((id) => names.some((name) => nameOf(id).startsWith(name)));
}

// Name and CPU seconds of every thread of a process, by its id.
export function threadsOf(id) {
  const threads = new Map();
  for (const thread of readdirSync(`/proc/${id}/task`)) {
    const path = `${id}/task/${thread}`;
    threads.set(thread, { name: nameOf(path), seconds: cpuSecondsOf(path) });
  }
  return threads;
}

// The ids of all processes, of zombies too.
export function processes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

// The control groups of all processes, of zombies too.
export function controlGroups() {
  return processes().map(groupOf).join('\n');
}

function groupOf(id) {
  try {
    return readFileSync(`/proc/${id}/cgroup`, 'utf8');
  } catch {
    return '';
  }
}

function nameOf(id) {
  try {
    return readFileSync(`/proc/${id}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

// The fields of /proc/ID/stat from the state on; the name before them may hold anything.
function statOf(id) {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
