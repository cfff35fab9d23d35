import type { JsonObject } from '@/lib/exact-json';
import type { components } from './schema';

/**
 * What the service says, as the page relies on it. The generated schema marks some properties as optional that are
 * always there, and never says null; {@link Promised} and {@link OrNull} put that right, and `dataOf` lets the compiler
 * hold these types against the document.
 */
type Schemas = components['schemas'];

/** All properties are there, but for those named, which may be missing or null. */
type Promised<Whole, Optional extends keyof Whole = never> = {
  [Name in Exclude<keyof Whole, Optional>]-?: NonNullable<Whole[Name]>;
} & { [Name in Optional]?: Whole[Name] | null };

/** What the schema calls optional may also be null. */
type OrNull<Whole> = {
  [Name in keyof Whole]: undefined extends Whole[Name] ? Whole[Name] | null : Whole[Name];
};

type Changed<Whole, Changes> = Omit<Whole, keyof Changes> & Changes;

export type StageName = Schemas['StageValue']['stage'];
export type Script = Promised<Schemas['Script']>;
export type Step = { name: string; main: Script } & { [Stage in 'pre' | 'post']?: Script };
export type Pipeline = { name: string; description?: string; steps: Step[] };
export type SavedPipeline = Changed<Promised<Schemas['SavedPipeline'], 'description'>, { steps: Step[] }>;
export type PipelineVersion = Changed<Promised<Schemas['PipelineVersion'], 'description'>, { steps: Step[] }>;
/** `severity` is `error` or `warning`. */
export type ScriptProblem = Promised<Schemas['ScriptProblem']>;
export type ScriptCheck = { valid: boolean; problems: ScriptProblem[] };

export type Dataset = Changed<Promised<Schemas['Dataset']>, { fields: Promised<Schemas['DatasetField']>[] }>;

export type Run = Changed<
  OrNull<Schemas['Run']>,
  { pipeline: Changed<OrNull<Schemas['RunPipeline']>, { steps: Step[] }> }
>;
export type RunStatus = Schemas['RunStatus'];
export type RunRequest = Changed<
  Schemas['RunRequest'],
  { pipeline?: Pipeline; toleratedFailures?: number | string }
>;
export type RecordCounts = Schemas['RecordCounts'];

export type Batch = OrNull<Schemas['Batch']>;

export type RecordStatus = Schemas['Record']['status'];
export type RecordError = OrNull<Schemas['RecordError']>;
export type FailureGroup = OrNull<Schemas['Failure']>;

/** Values of records are read without loss, so they may hold numbers that the schema cannot speak of. */
export type StageValue = Changed<Schemas['StageValue'], { value: JsonObject }>;
export type RunRecord = Changed<
  OrNull<Schemas['Record']>,
  { raw: JsonObject; stages: StageValue[]; error?: RecordError | null }
>;
export type Trial = { records: RunRecord[]; log: string; error?: RecordError | null };

/** A part of a list that is counted. */
export type Window<Item> = { items: Item[]; offset: number; limit: number; total: number };
/** A part of a list that is followed by its cursor; null at the end. */
export type Page<Item> = { items: Item[]; nextCursor?: string | null };
