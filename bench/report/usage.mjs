// Whose CPU seconds go by and whose page faults happen while something is done: those of the service, its database, its
// sandboxes, Docker and the client.
import { readFileSync } from 'node:fs';
import { containersOf } from '../../system-tests/harness/containers.mjs';
import {
  childrenOf,
  cpuSecondsOf,
  pageFaultsOf,
  processesNamed,
  threadsOf,
} from '../../system-tests/harness/processes.mjs';

const GLANCE_MS = 20;

// Returns what `work` returns with { result, seconds: {service, database, ...}, faults: {...}, threads: {...} }.
export async function measureUsage(service, work) {
  const sandboxes = containersOf(service);
  const database = service.databaseId;
  const before = snapshot(service, database);
  const atStart = usedBySandboxes(sandboxes);
  const seen = new Map(atStart);
  // A sandbox is gone when its run is: what it used last is what it used.
  const timer = setInterval(() => {
    for (const [id, used] of usedBySandboxes(sandboxes)) {
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
  const bySandboxes = (kind) => sum([...seen].map(([id, last]) => last[kind] - atStart.get(id)[kind]));
  used.sandboxes = bySandboxes('seconds');
  const faults = {
    service: after.faults.service - before.faults.service,
    database: after.faults.database - before.faults.database,
    sandboxes: bySandboxes('faults'),
  };
  return { result, seconds: used, faults, threads: differences(before.threads, after.threads) };
}

function snapshot(service, database) {
  const { user, system } = process.cpuUsage();
  return {
    seconds: {
      service: cpuSecondsOf(service.processId),
      database: cpuSecondsOf(database, true) + sum(childrenOf(database).map((pid) => cpuSecondsOf(pid))),
      client: (user + system) / 1e6,
    },
    faults: {
      service: pageFaultsOf(service.processId),
      database: pageFaultsOf(database, true) + sum(childrenOf(database).map((pid) => pageFaultsOf(pid))),
    },
    // Without their children: those of the shims are the sandboxes.
    docker: new Map(processesNamed('dockerd', 'containerd').map((pid) => [pid, cpuSecondsOf(pid)])),
    threads: threadsOf(service.processId),
  };
}

function usedBySandboxes(containers) {
  return new Map(containers.map((id) => [id, usedByGroup(id)]).filter(([, used]) => used !== undefined));
}

// What the control group of a container has used; undefined if it is gone. Version 1 and the two places of version 2.
function usedByGroup(id) {
  const second = (folder) => ({
    seconds: [`${folder}/cpu.stat`, (text) => Number(text.match(/usage_usec (\d+)/)[1]) / 1e6],
    faults: [`${folder}/memory.stat`, (text) => Number(text.match(/^pgfault (\d+)/m)[1])],
  });
  const places = [
    {
      seconds: [`/sys/fs/cgroup/cpuacct/docker/${id}/cpuacct.usage`, (text) => Number(text) / 1e9],
      faults: [
        `/sys/fs/cgroup/memory/docker/${id}/memory.stat`,
        (text) => Number(text.match(/^total_pgfault (\d+)/m)[1]),
      ],
    },
    second(`/sys/fs/cgroup/system.slice/docker-${id}.scope`),
    second(`/sys/fs/cgroup/docker/${id}`),
  ];
  for (const { seconds, faults } of places) {
    try {
      return { seconds: readCounter(seconds), faults: readCounter(faults) };
    } catch {
      // The next place, or gone.
    }
  }
  return undefined;
}

function readCounter([file, read]) {
  return read(readFileSync(file, 'utf8'));
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
