import type { Run, RunRequest } from '@/api/types';

/**
 * The options of a run as typed, so that invalid input can be reported. An empty option takes the default of the
 * service.
 */
export type OptionsDraft = {
  batchSize: number | string;
  maxParallelBatches: number | string;
  recordConcurrency: number | string;
  recordTimeoutSeconds: number | string;
  toleratedFailures: string;
  trace: 'all' | 'final';
  isolation: 'run' | 'batch';
};

export const defaultOptions: OptionsDraft = {
  batchSize: 100,
  maxParallelBatches: '',
  recordConcurrency: '',
  recordTimeoutSeconds: '',
  toleratedFailures: '',
  trace: 'all',
  isolation: 'run',
};

/** The options of a run. */
export function optionsOfRun(run: Run): OptionsDraft {
  return {
    batchSize: run.batchSize,
    maxParallelBatches: run.maxParallelBatches,
    recordConcurrency: run.recordConcurrency,
    recordTimeoutSeconds: run.recordTimeoutSeconds,
    toleratedFailures: String(run.toleratedFailures ?? ''),
    trace: run.trace === 'final' ? 'final' : 'all',
    isolation: run.isolation === 'batch' ? 'batch' : 'run',
  };
}

type NumberOption = 'batchSize' | 'maxParallelBatches' | 'recordConcurrency' | 'recordTimeoutSeconds';

/** The options in a request; only for options without {@link optionProblems}. */
export function requestOptions(
  options: OptionsDraft,
): Pick<RunRequest, NumberOption | 'toleratedFailures' | 'trace' | 'isolation'> {
  return {
    ...numberOption('batchSize', options),
    ...numberOption('maxParallelBatches', options),
    ...numberOption('recordConcurrency', options),
    ...numberOption('recordTimeoutSeconds', options),
    ...toleratedFailures(options.toleratedFailures.trim()),
    trace: options.trace,
    isolation: options.isolation,
  };
}

function numberOption(name: NumberOption, options: OptionsDraft): { [Name in NumberOption]?: number } {
  return isEmpty(options[name]) ? {} : { [name]: Number(options[name]) };
}

function toleratedFailures(text: string): { toleratedFailures?: number | string } {
  if (text === '') {
    return {};
  }
  return { toleratedFailures: text.endsWith('%') ? text : Number(text) };
}

/** Error messages by option. The service checks the upper bounds. */
export type OptionProblems = { [Name in keyof OptionsDraft]?: string };

export function optionProblems(options: OptionsDraft): OptionProblems {
  const problems: OptionProblems = {};
  if (!isWholeFromOne(options.batchSize)) {
    problems.batchSize = 'Batch size must be a whole number of at least 1.';
  }
  if (!isEmpty(options.maxParallelBatches) && !isWholeFromOne(options.maxParallelBatches)) {
    problems.maxParallelBatches = 'Max parallel batches must be a whole number of at least 1, or empty.';
  }
  if (!isEmpty(options.recordConcurrency) && !isWholeFromOne(options.recordConcurrency)) {
    problems.recordConcurrency =
      'Concurrent records per batch must be a whole number of at least 1, or empty.';
  }
  if (!isEmpty(options.recordTimeoutSeconds) && !(Number(options.recordTimeoutSeconds) >= 0.001)) {
    problems.recordTimeoutSeconds = 'Time limit per record must be at least 0.001 seconds, or empty.';
  }
  if (!isCountOrShare(options.toleratedFailures.trim())) {
    problems.toleratedFailures =
      'Tolerated failures must be a count such as 20, a share such as 10%, or empty.';
  }
  return problems;
}

function isEmpty(typed: number | string): boolean {
  return String(typed).trim() === '';
}

function isWholeFromOne(typed: number | string): boolean {
  return /^\d+$/.test(String(typed).trim()) && Number(typed) >= 1;
}

function isCountOrShare(text: string): boolean {
  return /^\d*$/.test(text) || (/^\d+(\.\d+)?%$/.test(text) && Number.parseFloat(text) <= 100);
}
