// Points between two steps of the service at which its process can be made to end, as by kill -9.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';

// The exit code of a process that ended at its point.
export const HALTED = 137;
const RUN = 'dev.datapipeline.run.service';
const STORE = 'dev.datapipeline.run.store';
const DISPATCH = 'dev.datapipeline.worker.dispatch';
const WORKER = 'dev.datapipeline.worker';

// All of them with EVERY_FAULT=1; else a third, another one each day, which is what a test that runs often has time for.
export function ofToday(points) {
  const day = Math.floor(Date.now() / 86_400_000);
  return env.EVERY_FAULT === '1' ? points : points.filter((_, index) => index % 3 === day % 3);
}

// hit counts the passes; the process ends at that one. The name says what has happened and what has not.
export const crashPoints = [
  {
    name: 'batch claimed, not committed',
    type: `${STORE}.batch.BatchRepository`,
    method: 'claim(Transaction,BatchId,String,java.time.Duration)',
    at: 'EXIT',
    hit: 5,
  },
  {
    name: 'claim committed, nothing begun',
    type: `${STORE}.batch.BatchRepository`,
    method: 'claim(BatchId,String,java.time.Duration)',
    at: 'EXIT',
    hit: 2,
  },
  {
    name: 'sandbox leased, nothing sent',
    type: `${WORKER}.RunSandboxes`,
    method: 'lease',
    at: 'EXIT',
    hit: 3,
  },
  {
    name: 'first results written, not all',
    type: `${WORKER}.result.BatchResults`,
    method: 'results',
    at: 'EXIT',
    hit: 7,
  },
  {
    name: 'results written, not durable',
    type: 'dev.datapipeline.result.FileResultWriter',
    method: 'commit',
    at: 'ENTRY',
    hit: 5,
  },
  {
    name: 'results durable, end not recorded',
    type: 'dev.datapipeline.result.FileResultWriter',
    method: 'commit',
    at: 'EXIT',
    hit: 5,
  },
  {
    name: 'end recorded, not committed',
    type: `${STORE}.batch.BatchRepository`,
    method: 'finish(Transaction,BatchClaim,String,BatchOutcome)',
    at: 'EXIT',
    hit: 5,
  },
  {
    name: 'end and next claim committed, not announced',
    type: `${STORE}.batch.BatchRepository`,
    method: 'report',
    at: 'ENTRY',
    hit: 5,
  },
  {
    name: 'next batch dispatched, not claimed',
    type: `${DISPATCH}.BatchDispatcher`,
    method: 'takeNext',
    at: 'EXIT',
    hit: 5,
  },
  { name: 'run ended, not committed', type: `${STORE}.RunTransitions`, method: 'end', at: 'EXIT', hit: 1 },
  {
    name: 'end of the run committed, not announced',
    type: `${RUN}.RunService`,
    method: 'ended',
    at: 'ENTRY',
    hit: 1,
  },
];

// Points on the way of a request, which the client repeats because it got no answer.
export const requestCrashPoints = [
  {
    name: 'dataset published, no row',
    type: 'dev.datapipeline.dataset.DatasetService',
    method: 'keep',
    at: 'ENTRY',
    hit: 1,
  },
  {
    name: 'row of the dataset committed, no answer',
    type: 'dev.datapipeline.dataset.DatasetService',
    method: 'keep',
    at: 'EXIT',
    hit: 1,
  },
  { name: 'run written, not committed', type: `${RUN}.RunService`, method: 'insert', at: 'EXIT', hit: 1 },
  {
    name: 'run committed, not announced',
    type: `${DISPATCH}.BatchDispatcher`,
    method: 'submitted',
    at: 'ENTRY',
    hit: 1,
  },
];

// Makes a running service end when it passes the point.
export function crashAt(point, service, folder) {
  atPoint(point, `killJVM(${HALTED})`, service, folder);
}

// Makes a running service do something, in the words of Byteman, when it passes the point.
export function atPoint(point, action, service, folder) {
  const script = `${folder}/crash-point.btm`;
  writeFileSync(
    script,
    `RULE ${point.name}
CLASS ${point.type}
METHOD ${point.method}
AT ${point.at}
IF incrementCounter("passes") == ${point.hit}
DO ${action}
ENDRULE
`,
  );
  execFileSync(join(env.JAVA_HOME, 'bin/jcmd'), [
    String(service.processId),
    'JVMTI.agent_load',
    env.CRASH_POINT_AGENT,
    `script:${script}`,
  ]);
}
