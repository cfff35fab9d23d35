// Commands that the benchmark runs.
import { spawn } from 'node:child_process';

// Runs a command to its end; throws with the end of what it said when it fails.
export async function run(command, commandArguments) {
  await runForOutput(command, commandArguments);
}

// Runs a command as above, with more variables in its environment; resolves with its output.
export function runForOutput(command, commandArguments, variables = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...variables },
    });
    let output = '';
    let said = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.stderr.on('data', (text) => {
      said = (said + text).slice(-2_000);
    });
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) {
        resolve(output);
        return;
      }
      reject(new Error(`${command} ${commandArguments[0]} ended with status ${status}: ${said.trim()}`));
    });
  });
}
