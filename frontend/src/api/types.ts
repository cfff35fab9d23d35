import type { JsonObject } from '@/lib/exact-json';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Problem = Schemas['Problem'];
export type Dataset = Schemas['Dataset'];
export type Pipeline = Schemas['Pipeline'];
export type Step = Schemas['Step'];
export type Script = Schemas['Script'];
export type StageName = Schemas['StageName'];
export type SavedPipeline = Schemas['SavedPipeline'];
export type PipelineVersion = Schemas['PipelineVersion'];
export type ScriptProblem = Schemas['ScriptProblem'];
export type ScriptCheck = Schemas['ScriptCheck'];
export type Run = Schemas['Run'];
export type RunStatus = Schemas['RunStatus'];
export type RunRequest = Schemas['RunRequest'];
export type RecordCounts = Schemas['RecordCounts'];
export type BatchCounts = Schemas['BatchCounts'];
export type Batch = Schemas['Batch'];
export type BatchPage = Schemas['BatchPage'];
export type RecordStatus = Schemas['RecordStatus'];
export type RecordError = Schemas['RecordError'];
export type FailureGroup = Schemas['FailureGroup'];

/** Values of records are read without loss, so they may hold numbers that the schema cannot speak of. */
export type StageValue = Omit<Schemas['StageValue'], 'value'> & { value: JsonObject };
export type RunRecord = Omit<Schemas['RunRecord'], 'raw' | 'stages'> & {
  raw: JsonObject;
  stages: StageValue[];
};

export type Window<Item> = { items: Item[]; offset: number; limit: number; total: number };
export type TryResult = Omit<Schemas['TryResult'], 'records'> & { records: RunRecord[] };
