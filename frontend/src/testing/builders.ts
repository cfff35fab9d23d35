import type {
  Batch,
  Dataset,
  DatasetSummary,
  FailureGroup,
  ModelCall,
  PipelineSummary,
  Run,
  RunModelCalls,
  RunRecord,
  SavedPipeline,
  SkipGroup,
  StageCalls,
  Upstream,
} from '@/api/types';

/** Complete answers of the service with default values; a test sets only what it is about. */

export function aRun(changes: Partial<Run> = {}): Run {
  return {
    id: '7f3a0000-0000-4000-8000-000000000001',
    name: 'capitals',
    status: 'RUNNING',
    pipeline: {
      name: 'capitals',
      steps: [
        { name: 'check', main: { name: 'check.py', source: 'def transform(record):\n    return record\n' } },
      ],
    },
    dataset: { id: '7f3a0000-0000-4000-8000-000000000002', name: 'capitals.json', records: 100 },
    batchSize: 10,
    maxParallelBatches: 2,
    recordConcurrency: 1,
    recordTimeoutSeconds: 60,
    toleratedFailures: null,
    trace: 'all',
    isolation: 'run',
    records: { total: 100, succeeded: 40, failed: 2, skipped: 1, cancelled: 0, pending: 57 },
    batches: { total: 10, queued: 5, running: 1, succeeded: 4, failed: 0, cancelled: 0 },
    retries: 0,
    recordsPerSecond: 310,
    etaSeconds: 14,
    createdAt: '2026-03-01T10:00:00Z',
    startedAt: '2026-03-01T10:00:01Z',
    pausedAt: null,
    resumedAt: null,
    pausedSeconds: 0,
    finishedAt: null,
    tags: [],
    starred: false,
    ...changes,
  };
}

export function aDataset(changes: Partial<Dataset> = {}): Dataset {
  return {
    id: '7f3a0000-0000-4000-8000-000000000002',
    name: 'capitals.json',
    format: 'json',
    records: 100,
    bytes: 3571,
    sha256: '0'.repeat(64),
    fields: [{ name: 'country', types: ['string'], present: 100 }],
    separator: null,
    recordsPath: null,
    recordLists: [],
    member: null,
    sheet: null,
    sheets: [],
    notes: [],
    createdAt: '2026-03-01T10:00:00Z',
    tags: [],
    starred: false,
    ...changes,
  };
}

/** A dataset as lists show it. */
export function aDatasetSummary(changes: Partial<DatasetSummary> = {}): DatasetSummary {
  const { id, name, format, records, bytes, sha256, separator, recordsPath, createdAt } = aDataset();
  return {
    id,
    name,
    format,
    records,
    bytes,
    sha256,
    fieldCount: 1,
    separator,
    recordsPath,
    createdAt,
    tags: [],
    starred: false,
    runs: 0,
    lastRunAt: null,
    sameContent: 0,
    ...changes,
  };
}

export function aBatch(changes: Partial<Batch> = {}): Batch {
  return {
    number: 0,
    status: 'SUCCEEDED',
    attempt: 1,
    firstRecord: 0,
    records: 10,
    succeeded: 10,
    failed: 0,
    skipped: 0,
    cancelled: 0,
    startedAt: '2026-03-01T10:00:01Z',
    finishedAt: '2026-03-01T10:00:02Z',
    durationMs: 1000,
    ...changes,
  };
}

export function aRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    index: 0,
    status: 'SUCCEEDED',
    raw: { country: 'Italy' },
    stages: [{ step: 'check', stage: 'main', value: { country: 'Italy', is_correct: true }, ms: 0.1 }],
    ...changes,
  };
}

/** A window of a list, as the service returns it. */
export function aWindow<Item>(
  items: Item[],
  changes: { offset?: number; limit?: number; total?: number } = {},
) {
  return { items, offset: 0, limit: 100, total: items.length, ...changes };
}

export function aFailure(changes: Partial<FailureGroup> = {}): FailureGroup {
  return {
    id: '0123456789abcdef',
    step: 'check',
    stage: 'main',
    type: 'KeyError',
    message: "'capital'",
    script: 'check.py',
    line: 2,
    count: 1,
    firstIndex: 1,
    examples: [1],
    spread: [1, 0],
    ...changes,
  };
}

export function aSkip(changes: Partial<SkipGroup> = {}): SkipGroup {
  return {
    id: 'fedcba9876543210',
    step: 'check',
    stage: 'main',
    reason: 'not in the table',
    count: 1,
    firstIndex: 1,
    examples: [1],
    spread: [1, 0],
    ...changes,
  };
}

export function aSavedPipeline(changes: Partial<SavedPipeline> = {}): SavedPipeline {
  return {
    id: '7f3a0000-0000-4000-8000-000000000003',
    name: 'capitals',
    version: 1,
    steps: [
      { name: 'check', main: { name: 'check.py', source: 'def transform(record):\n    return record\n' } },
    ],
    createdAt: '2026-03-01T10:00:00Z',
    updatedAt: '2026-03-01T10:00:00Z',
    tags: [],
    starred: false,
    ...changes,
  };
}

/** A saved pipeline, or a version of one, as an entry of a list. */
export function aPipelineSummary(changes: Partial<PipelineSummary> = {}): PipelineSummary {
  const { steps, ...saved } = aSavedPipeline();
  return { ...saved, stepCount: steps.length, stepNames: steps.map(({ name }) => name), runs: 0, ...changes };
}

export function anUpstream(changes: Partial<Upstream> = {}): Upstream {
  return {
    name: 'openai',
    host: 'https://api.openai.com',
    isDefault: true,
    hasKey: true,
    isFree: false,
    inFlight: 64,
    requestsPerMinute: null,
    tokensPerMinute: null,
    models: ['small', 'large'],
    prices: [],
    ...changes,
  };
}

/** The model calls of a run that has spent a part of its budget. */
export function aRunModelCalls(changes: Partial<RunModelCalls> = {}): RunModelCalls {
  return {
    upstream: 'openai',
    models: ['small'],
    budget: '5.00',
    maxOutputTokens: 4096,
    cache: 'off',
    spent: '1.234',
    unsettled: '0',
    reserved: '0',
    calls: 1200,
    failed: 0,
    promptTokens: 240_000,
    completionTokens: 12_000,
    cachedTokens: 0,
    cacheHits: 0,
    replays: 0,
    waitingMillis: 0,
    projectedLow: null,
    projectedHigh: null,
    ...changes,
  };
}

export function aModelCall(changes: Partial<ModelCall> = {}): ModelCall {
  return {
    id: 'c1',
    record: 3,
    stage: 0,
    step: 'check',
    script: 'main',
    endpoint: 'chat/completions',
    model: 'small',
    tries: 1,
    status: 'SUCCEEDED',
    httpStatus: 200,
    error: null,
    startedAt: '2026-03-01T10:00:01Z',
    waitingMillis: 0,
    tookMillis: 420,
    promptTokens: 200,
    cachedTokens: 0,
    completionTokens: 10,
    reasoningTokens: 0,
    cost: '0.00123',
    requestBytes: 812,
    answerBytes: 640,
    ...changes,
  };
}

export function someStageCalls(changes: Partial<StageCalls> = {}): StageCalls {
  return {
    stage: 0,
    step: 'check',
    script: 'main',
    model: 'small',
    calls: 1200,
    failed: 0,
    tries: 1200,
    replays: 0,
    cacheHits: 0,
    promptTokens: 240_000,
    cachedTokens: 0,
    completionTokens: 12_000,
    reasoningTokens: 0,
    waitingMillis: 0,
    tookMillis: 504_000,
    spent: '1.234',
    unsettled: '0',
    ...changes,
  };
}
