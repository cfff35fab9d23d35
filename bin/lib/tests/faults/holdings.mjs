// What a process holds of the machine.
import { readFileSync, readdirSync } from "node:fs";

// Megabytes in memory, open file descriptors and threads.
export function holdingsOf(process) {
  const status = readFileSync(`/proc/${process}/status`, "utf8");
  return {
    megabytes: Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)[1]) / 1024),
    descriptors: readdirSync(`/proc/${process}/fd`).length,
    threads: Number(/^Threads:\s+(\d+)$/m.exec(status)[1]),
  };
}
