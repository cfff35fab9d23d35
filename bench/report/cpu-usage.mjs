// Whose CPU seconds go by while something is done: those of the service, its database, its sandboxes, Docker and the client.
import { readFileSync } from 'node:fs';
import { containersOf } from '../../system-tests/harness/containers.mjs';
import {
  childrenOf,
  cpuSecondsOf,
  processesNamed,
  threadsOf,
} from '../../system-tests/harness/processes.mjs';

const GLANCE_MS = 20;

// Returns what `work` returns with { result, seconds: {service, database, ...}, threads: {...} }.
export async function measureCpu(service, work) {
  const sandboxes = containersOf(service);
  const database = service.databaseId;
  const before = snapshot(service, database);
  const atStart = sandboxSeconds(sandboxes);
  const seen = new Map(atStart);
  // A sandbox is gone when its run is: what it used last is what it used.
  const timer = setInterval(() => {
    for (const [id, used] of sandboxSeconds(sandboxes)) {
      seen.set(id, used);
    }
  }, GLANCE_MS);
  const result = await work();
  clearInterval(timer);
  const after = snapshot(service, database);
  const used = Object.fromEntries(
    Object.keys(before.seconds).map((name) => [name, after.seconds[name] - before.seconds[name]]),
  );
  used.docker = sum([...after.docker].map(([pid, last]) => last - (before.docker.get(pid) ?? 0)));
  used.sandboxes = sum([...seen].map(([id, last]) => last - atStart.get(id)));
  return { result, seconds: used, threads: differences(before.threads, after.threads) };
}

function snapshot(service, database) {
  const { user, system } = process.cpuUsage();
  return {
    seconds: {
      service: cpuSecondsOf(service.processId),
      database: cpuSecondsOf(database, true) + sum(childrenOf(database).map((pid) => cpuSecondsOf(pid))),
      client: (user + system) / 1e6,
    },
    // Without their children: those of the shims are the sandboxes.
    docker: new Map(processesNamed('dockerd', 'containerd').map((pid) => [pid, cpuSecondsOf(pid)])),
    threads: threadsOf(service.processId),
  };
}

function sandboxSeconds(containers) {
  return new Map(containers.map((id) => [id, cgroupSeconds(id)]).filter(([, used]) => used !== undefined));
}

// Version 1 and the two places of version 2.
function cgroupSeconds(id) {
  const counters = [
    [`/sys/fs/cgroup/cpuacct/docker/${id}/cpuacct.usage`, (text) => Number(text) / 1e9],
    [
      `/sys/fs/cgroup/system.slice/docker-${id}.scope/cpu.stat`,
      (text) => Number(text.match(/usage_usec (\d+)/)[1]) / 1e6,
    ],
    [`/sys/fs/cgroup/docker/${id}/cpu.stat`, (text) => Number(text.match(/usage_usec (\d+)/)[1]) / 1e6],
  ];
  for (const [file, read] of counters) {
    try {
      return read(readFileSync(file, 'utf8'));
    } catch {
      // The next place, or gone.
    }
  }
  return undefined;
}

// Threads of one kind have one name and a number: seconds by name, the greatest first.
function differences(before, after) {
  const used = new Map();
  for (const [id, { name, seconds }] of after) {
    const kind = name.replace(/[-# ]*\d+.*$/, '');
    used.set(kind, (used.get(kind) ?? 0) + seconds - (before.get(id)?.seconds ?? 0));
  }
  return Object.fromEntries(
    [...used].filter(([, seconds]) => seconds > 0.005).sort(([, one], [, other]) => other - one),
  );
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
