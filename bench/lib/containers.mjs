// The containers of one installation of the service, through the Docker client.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const LABEL = 'dev.datapipeline.installation';

export async function containersOf(installation) {
  return list(['ps', '--quiet', '--no-trunc', '--filter', `label=${LABEL}=${installation}`]);
}

// What a service that could not stop by itself has left.
export async function removeContainersOf(installation) {
  const left = await list(['ps', '--all', '--quiet', '--filter', `label=${LABEL}=${installation}`]);
  if (left.length > 0) {
    await execute('docker', ['rm', '--force', ...left]);
  }
}

async function list(commandArguments) {
  const { stdout } = await execute('docker', commandArguments);
  return stdout.split('\n').filter(Boolean);
}
