// The services that are measured: started as bin/up starts one, used when their sandboxes are warm.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { containersOf, removeContainers } from '../../system-tests/harness/containers.mjs';
import { Service } from '../../system-tests/harness/service.mjs';

const LONGEST_SETTLING_MS = 60_000;
const BETWEEN_LOOKS_MS = 200;

// Resolves when the service is ready; javaOptions win over the usual ones.
export async function startService(folder, javaOptions = []) {
  const logToFile = {
    QUARKUS_LOG_CONSOLE_ENABLED: 'false',
    QUARKUS_LOG_FILE_ENABLED: 'true',
    QUARKUS_LOG_FILE_PATH: join(folder, 'logs', 'service.log'),
  };
  const service = new Service(folder, logToFile, javaOptions);
  await service.start();
  return service;
}

// Waits until so many sandboxes are warm and those of earlier runs are removed: the warm service that a run is meant for.
export async function settle(service, sandboxes) {
  const deadline = Date.now() + LONGEST_SETTLING_MS;
  let before = [];
  for (;;) {
    const now = containersOf(service);
    if (String(now) === String(before) && (await warmSandboxes(service)) >= sandboxes) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `the service did not have ${sandboxes} warm sandboxes within ${LONGEST_SETTLING_MS / 1000} s`,
      );
    }
    before = now;
    await pause(BETWEEN_LOOKS_MS);
  }
}

// Sandboxes that wait for runs to come.
async function warmSandboxes(service) {
  const health = JSON.parse(await service.client.readiness());
  return health.checks.find((check) => check.name === 'sandboxes').data.warm;
}

// Stops the service and removes the containers that one leaves which had to be killed.
export async function stopService(service) {
  await service.stop();
  removeContainers(containersOf(service));
}
