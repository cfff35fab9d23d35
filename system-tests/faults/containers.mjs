// What the Docker engine knows about the sandboxes of a service.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

// Ids, the stopped ones too.
export function containersOf(service, host) {
  const label = `label=dev.datapipeline.installation=${service.installation}`;
  return docker(['ps', '--all', '--quiet', '--no-trunc', '--filter', label], host).filter((id) =>
    isThere(id, host),
  );
}

// Docker 20.10 goes on listing a container for ever that ended by itself at the moment it was removed.
function isThere(id, host) {
  try {
    docker(['inspect', '--type', 'container', id], host);
    return true;
  } catch {
    return false;
  }
}

// Removes containers, some of which may go by themselves meanwhile.
export function removeContainers(ids, host) {
  if (ids.length === 0) {
    return;
  }
  try {
    docker(['rm', '--force', ...ids], host);
  } catch (gone) {
    assert.match(String(gone.stderr), /No such container|already in progress/);
  }
}

// The lines that the command prints; host is that of another engine than the usual one.
export function docker(command, host) {
  const target = host === undefined ? [] : ['--host', host];
  return execFileSync('docker', [...target, ...command], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
    .split('\n')
    .filter(Boolean);
}
