// What the Docker engine knows about the sandboxes of a service, through the Docker client.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

// The ids of all of them, stopped ones too; host is that of another engine than the usual one.
export function containersOf(service, host) {
  const label = `label=dev.datapipeline.installation=${service.installation}`;
  const listed = docker(['ps', '--all', '--quiet', '--no-trunc', '--filter', label], host);
  return listed.length === 0 ? [] : existing(listed, host);
}

// Docker 20.10 goes on listing a container for ever that ended by itself at the moment it was removed.
function existing(ids, host) {
  const command = ['inspect', '--type', 'container', '--format', '{{.Id}}', ...ids];
  try {
    return docker(command, host);
  } catch (missing) {
    assert.match(String(missing.stderr), /No such container/);
    return linesOf(missing.stdout);
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

// The lines that the command prints.
export function docker(command, host) {
  const target = host === undefined ? [] : ['--host', host];
  return linesOf(
    execFileSync('docker', [...target, ...command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
  );
}

function linesOf(text) {
  return text.split('\n').filter(Boolean);
}
