// What is promised of packages, and the measurements for it that need a service with packages.

import { atLeast, atMost } from '../lib/promises.mjs';
import {
  evictedEnvironment,
  imports,
  manyEnvironments,
  newEnvironment,
  packagedTinyRun,
  pandasBatches,
  pandasDockerRuns,
  pandasTinyRun,
  plainBatches,
  plainTinyRun,
  submissionsAtOnce,
} from '../measurements/packages.mjs';
import { count, milliseconds, ratio, seconds } from '../report/units.mjs';

export const WITH_PACKAGES = 'with packages';

export const PACKAGE_MEASUREMENTS = {
  plainTinyRun: { take: plainTinyRun, service: WITH_PACKAGES, perRound: 3 },
  packagedTinyRun: { take: packagedTinyRun, service: WITH_PACKAGES, perRound: 3 },
  pandasTinyRun: { take: pandasTinyRun, service: WITH_PACKAGES, perRound: 3 },
  plainBatches: { take: plainBatches, service: WITH_PACKAGES, perRound: 3 },
  pandasBatches: { take: pandasBatches, service: WITH_PACKAGES, perRound: 3 },
  pandasDockerRuns: { take: pandasDockerRuns, service: WITH_PACKAGES },
  imports: { take: imports, service: WITH_PACKAGES },
  newEnvironment: { take: newEnvironment, service: WITH_PACKAGES },
  submissionsAtOnce: { take: submissionsAtOnce, service: WITH_PACKAGES },
  evictedEnvironment: { take: evictedEnvironment, service: WITH_PACKAGES },
  manyEnvironments: { take: manyEnvironments, service: WITH_PACKAGES, isOnce: true },
};

export const PACKAGE_WORKLOADS = {
  P1: {
    title: () => 'W3 with a package that is built already and that no script imports',
    rows: [
      {
        what: 'time',
        figure: ['packagedTinyRun', 'seconds', milliseconds],
        reference: ['plainTinyRun', 'seconds', milliseconds, 'W3'],
        judge: (own, other) => own / other,
        promise: atMost(1.05, 1, ratio),
      },
    ],
  },
  P2: {
    title: () => 'W3 with `import pandas` on top of a script, after another run of the same packages',
    rows: [
      {
        what: 'time',
        figure: ['pandasTinyRun', 'seconds', milliseconds],
        reference: ['plainTinyRun', 'seconds', milliseconds, 'W3'],
        judge: (own, other) => own / other,
        promise: atMost(1.5, 1.2, ratio),
      },
    ],
  },
  P3: {
    title: () => 'the same as the first run with these packages since the start of the service',
    rows: [
      {
        what: 'time',
        figure: ['firstPandasRun', 'seconds', milliseconds],
        reference: ['firstPandasRun', 'expectedSeconds', milliseconds, 'W3 and 1.1 × one import'],
        judge: (own, other) => own / other,
        promise: atMost(1, undefined, ratio),
      },
    ],
  },
  P4: {
    title: ({ small }) =>
      `${small.records / small.batchSize} batches of a script with \`import pandas\` on top: how often that is imported`,
    rows: [
      {
        what: 'imports',
        figure: ['imports', 'imports', count],
        reference: ['imports', 'slots', count, 'batches at one time'],
        judge: (own, other) => own / other,
        promise: atMost(1, undefined, ratio),
      },
    ],
  },
  P5: {
    title: () => 'W2 with `import pandas` on top of a script',
    rows: [
      {
        what: 'cost per batch, without imports',
        figure: ['pandasBatches', 'secondsPerBatch', milliseconds],
        reference: ['plainBatches', 'secondsPerBatch', milliseconds, 'W2'],
        judge: (own, other) => own / other,
        promise: atMost(1.6, 1.3, ratio),
      },
      {
        what: 'time, with imports',
        figure: ['pandasBatches', 'seconds', seconds],
        reference: ['pandasDockerRuns', 'seconds', seconds, 'docker run with the packages per batch'],
        judge: (own, other) => other / own,
        promise: atLeast(100, undefined, ratio),
      },
    ],
  },
  P6: {
    title: ({ submissions }) =>
      `${submissions} submissions at one time with a package that nobody had before`,
    rows: [
      {
        what: 'environments that are built',
        figure: ['submissionsAtOnce', 'builds', count],
        promise: atMost(1, undefined, count),
      },
      {
        what: 'looks at its page in the index',
        figure: ['submissionsAtOnce', 'looks', count],
        promise: atMost(1, undefined, count),
      },
      { what: 'time until all have results', figure: ['submissionsAtOnce', 'seconds', seconds] },
    ],
  },
  P7: {
    title: () => 'eight new wheels, 3 MB packed and 12 MB unpacked: from asking until they are ready',
    rows: [
      { what: 'time', figure: ['newEnvironment', 'seconds', seconds], promise: atMost(8, 4, seconds) },
      {
        what: 'other packages of the same wheels',
        figure: ['newEnvironment', 'secondSeconds', seconds],
        promise: atMost(8, 2, seconds),
      },
      {
        what: 'wheels fetched for those',
        figure: ['newEnvironment', 'secondFetched', count],
        promise: atMost(0, undefined, count),
      },
    ],
  },
  P8: {
    title: () => 'the packages of P7 again after their files were removed',
    rows: [
      { what: 'time', figure: ['evictedEnvironment', 'seconds', seconds] },
      {
        what: 'requests to the index',
        figure: ['evictedEnvironment', 'requests', count],
        promise: atMost(0, undefined, count),
      },
    ],
  },
  P9: {
    title: ({ environments }) => `${environments} pipelines with packages of their own, one run each`,
    rows: [
      {
        what: 'containers more than before',
        figure: ['manyEnvironments', 'containers', count],
        promise: atMost(0, undefined, count),
      },
    ],
  },
};
