// W11 and W12: documents, which are long and of which scripts change little.

import { atMost } from '../lib/promises.mjs';
import { bareDocuments } from '../measurements/references.mjs';
import { documents, unchangedDocuments } from '../measurements/throughput.mjs';
import { bytesPerSecond, percent, ratio, seconds } from '../report/units.mjs';

export const DOCUMENT_MEASUREMENTS = {
  bareDocuments: { take: bareDocuments, service: 'plain', perRound: 3 },
  documents: { take: documents, service: 'plain', perRound: 3 },
  unchangedDocuments: { take: unchangedDocuments, service: 'plain', perRound: 3 },
};

export const DOCUMENT_WORKLOADS = {
  W11: {
    title: ({ documents }) =>
      `${documents.records.toLocaleString('en')} documents of 20 KB, three scripts that add a short field each, batches of ${documents.batchSize}`,
    rows: [
      {
        what: 'time',
        figure: ['documents', 'seconds', seconds],
        reference: ['bareDocuments', 'seconds', seconds, 'plain Python'],
        judge: (own, other) => own / other,
        promise: atMost(0.5, 0.25, ratio),
      },
      {
        what: 'results stored, of the dataset',
        figure: ['documents', 'resultShare', percent],
        promise: atMost(0.15, 0.05, percent),
      },
    ],
  },
  W12: {
    title: () => "W11's documents, one script that changes nothing",
    rows: [
      { what: 'run, after ingest', figure: ['unchangedDocuments', 'runBytesPerSecond', bytesPerSecond] },
      {
        what: 'results stored, of the dataset',
        figure: ['unchangedDocuments', 'resultShare', percent],
        promise: atMost(0.01, undefined, percent),
      },
    ],
  },
};
