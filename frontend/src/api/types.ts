import type { JsonObject } from '@/lib/values/exact-json';
import type { components } from './schema';

/** The words of the service, under the names the page calls them by. */
type Schemas = components['schemas'];

type Changed<Whole, Changes> = Omit<Whole, keyof Changes> & Changes;

export type StageName = Schemas['StageValue']['stage'];
export type Script = Schemas['Script'];
export type Step = Schemas['Step'];
export type Pipeline = Schemas['Pipeline'];
export type SavedPipeline = Schemas['SavedPipeline'];
/** As lists show it, without its scripts. */
export type PipelineSummary = Schemas['PipelineSummary'];
/** `severity` is `error` or `warning`. */
export type ScriptProblem = Schemas['ScriptProblem'];

export type Dataset = Schemas['Dataset'];
/** As lists show it, with the number of its fields alone. */
export type DatasetSummary = Schemas['DatasetSummary'];

export type Run = Schemas['Run'];
/** As lists show it, without its pipeline's scripts. */
export type RunSummary = Schemas['RunSummary'];
export type RunStatus = Schemas['RunStatus'];
export type RunRequest = Schemas['RunRequest'];
export type RecordCounts = Schemas['RecordCounts'];

export type Batch = Schemas['Batch'];
export type Attempt = Schemas['Attempt'];

export type RecordStatus = Schemas['Record']['status'];
export type Comparison = Schemas['Comparison'];
export type FailureGroup = Schemas['Failure'];

/** Values of records are read without loss, so they may hold numbers that the schema cannot speak of. */
export type StageValue = Changed<Schemas['StageValue'], { value: JsonObject }>;
export type RunRecord = Changed<Schemas['Record'], { raw: JsonObject; stages: StageValue[] }>;
export type Trial = Changed<Schemas['Trial'], { records: RunRecord[] }>;

/** A part of a list that is counted. */
export type Window<Item> = { items: Item[]; offset: number; limit: number; total: number };

/** A part of what a search found. `total` is null where only a look at all records could tell, `nextFrom` at the end. */
export type FoundRecords = { items: RunRecord[]; total: number | null; nextFrom: number | null };
