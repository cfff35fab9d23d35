// Where the life of an environment is cut off: between two steps of the service, at any moment, or with the containers that work for it.
import { env } from 'node:process';
import { Random } from '../harness/random.mjs';

const ENVIRONMENT = 'dev.datapipeline.environment';
const STORE = `${ENVIRONMENT}.store`;
const WHEEL = `${ENVIRONMENT}.wheel.file`;
const FOLDER = `${ENVIRONMENT}.build.folder`;
const AT_RANDOM = 36;
const CONTAINERS = 12;
const LATEST_MS = 6_000;
const PARTS = 10;
const SEED = 20;

const point = (phase, name, type, method, at, hit = 1) => ({ phase, name, type, method, at, hit });

// The end of one step and the beginning of the next, in the order in which an environment is made.
const ofBuild = [
  point('build', 'claimed, nothing begun', `${STORE}.EnvironmentClaims`, 'claim', 'EXIT'),
  point('build', 'files checked', `${FOLDER}.FileEnvironmentFolders`, 'stage', 'ENTRY'),
  point('build', 'folder staged', `${FOLDER}.FileEnvironmentFolders`, 'stage', 'EXIT'),
  point('build', 'first file unpacked', `${ENVIRONMENT}.install.StagedFiles`, 'write', 'EXIT'),
  point('build', 'some files unpacked', `${ENVIRONMENT}.install.StagedFiles`, 'write', 'EXIT', 9),
  point('build', 'unpacked, not compiled', `${FOLDER}.ByteCode`, 'add', 'ENTRY'),
  point('build', 'builder of byte code started', `${FOLDER}.ByteCode`, 'parts', 'EXIT'),
  point('build', 'some byte code written', `${FOLDER}.ByteCode$Written`, 'write', 'EXIT', 7),
  point('build', 'compiled, not sealed', `${ENVIRONMENT}.install.StagedFiles`, 'seal', 'ENTRY'),
  point('build', 'sealed, not published', `${FOLDER}.FileEnvironmentFolders`, 'publish', 'ENTRY'),
  point('build', 'manifest written, folder not moved', `${FOLDER}.Manifest`, 'write', 'EXIT'),
  point('build', 'published, not checked', `${FOLDER}.FileEnvironmentFolders`, 'publish', 'EXIT'),
  point('build', 'imported for the check', `${FOLDER}.ImportCheck`, 'run', 'EXIT'),
  point('build', 'built, not recorded', `${STORE}.EnvironmentClaims`, 'built', 'ENTRY'),
  point('build', 'recorded, not announced', `${STORE}.EnvironmentClaims`, 'built', 'EXIT'),
  point(
    'build',
    'announced, the run still waits',
    'dev.datapipeline.run.service.RunEnvironments',
    'goOn',
    'ENTRY',
  ),
  point(
    'build',
    'the run goes on, nothing is mounted',
    `${ENVIRONMENT}.service.EnvironmentFiles`,
    'isUsable',
    'ENTRY',
  ),
  point('build', 'mounted, nothing has run', 'dev.datapipeline.worker.RunSandboxes', 'lease', 'EXIT'),
];

const ofResolving = [
  point('build', 'resolving, no builder', `${ENVIRONMENT}.build.resolve.PipResolver`, 'resolve', 'ENTRY'),
  point('build', 'resolved, no lock', `${ENVIRONMENT}.build.resolve.PipResolver`, 'locked', 'ENTRY'),
  point('build', 'lock made, not recorded', `${STORE}.EnvironmentClaims`, 'locked', 'ENTRY'),
  point('build', 'lock recorded, nothing fetched', `${STORE}.EnvironmentClaims`, 'locked', 'EXIT'),
  point('build', 'download begun', `${WHEEL}.IncomingWheel`, 'write', 'ENTRY'),
  point('build', 'bytes fetched, not durable', `${WHEEL}.IncomingWheel`, 'finish', 'ENTRY'),
  point('build', 'wheel durable, not in the store', `${WHEEL}.WheelFiles`, 'publish', 'ENTRY'),
  point('build', 'wheel in the store', `${WHEEL}.WheelFiles`, 'publish', 'EXIT'),
  point('build', 'second wheel in the store', `${WHEEL}.WheelFiles`, 'publish', 'EXIT', 2),
  point('build', 'no environment asked for', `${STORE}.EnvironmentRepository`, 'ask', 'ENTRY'),
  point('build', 'environment asked for, no run', `${STORE}.EnvironmentRepository`, 'ask', 'EXIT'),
];

const ofRemoval = [
  point('removal', 'removal asked for', `${STORE}.EnvironmentUses`, 'evict', 'ENTRY'),
  point('removal', 'row evicted, files there', `${STORE}.EnvironmentUses`, 'evict', 'EXIT'),
  point(
    'removal',
    'some files removed',
    'dev.datapipeline.storage.FolderRemoval',
    'preVisitDirectory',
    'ENTRY',
    3,
  ),
  point('removal', 'files removed', `${FOLDER}.FileEnvironmentFolders`, 'delete', 'EXIT'),
  point('removal', 'no row deleted', `${STORE}.EnvironmentUses`, 'delete', 'ENTRY'),
];

const random = new Random(SEED);
const atMoments = (kind, count) =>
  Array.from({ length: count }, (_, number) => ({
    phase: number % 3 === 2 ? 'rebuild' : 'build',
    kind,
    afterMs: random.below(LATEST_MS),
    name: `${kind} at any moment, ${number + 1}`,
  }));

// 100 in all.
export const kills = [
  ...ofResolving,
  ...ofBuild,
  ...ofRemoval,
  ...ofBuild.map((each) => ({ ...each, phase: 'rebuild', name: `${each.name}, again` })),
  ...atMoments('service', AT_RANDOM),
  ...atMoments('containers', CONTAINERS),
];

// All of them with EVERY_FAULT=1; else a tenth, another one each day.
export function killsOfToday() {
  const day = Math.floor(Date.now() / 86_400_000);
  return env.EVERY_FAULT === '1' ? kills : kills.filter((_, index) => index % PARTS === day % PARTS);
}
