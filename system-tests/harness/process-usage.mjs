// What a process holds of the machine.
import { readdirSync, readFileSync } from 'node:fs';

const MEBIBYTE = 1 << 20;

// Megabytes in memory, open file descriptors and threads.
export function holdingsOf(process) {
  return {
    megabytes: Math.round(memoryOf(process) / MEBIBYTE),
    descriptors: readdirSync(`/proc/${process}/fd`).length,
    threads: Number(/^Threads:\s+(\d+)$/m.exec(statusOf(process))[1]),
  };
}

// Bytes of a process in memory.
export function memoryOf(process) {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(statusOf(process))?.[1];
  return Number(kilobytes) * 1024;
}

function statusOf(process) {
  return readFileSync(`/proc/${process}/status`, 'utf8');
}
