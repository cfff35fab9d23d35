// Commands that the benchmark runs.
import { spawn } from 'node:child_process';

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
