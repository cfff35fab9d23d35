import type { JsonObject } from '@/lib/values/exact-json';
import type { components } from './schema';

/** The types of the API, under the names that the page uses. */
type Schemas = components['schemas'];

type Changed<Whole, Changes> = Omit<Whole, keyof Changes> & Changes;

export type StageName = Schemas['StageValue']['stage'];
export type Script = Schemas['Script'];
export type Step = Schemas['Step'];
export type Project = Schemas['Project'];
/** What a project may take, and takes. */
export type ProjectQuotas = Schemas['ProjectQuotas'];
export type Member = Schemas['Member'];
/** A project of which somebody is a member. */
export type ProjectOfCaller = Schemas['ProjectOfCaller'];
export type Pipeline = Schemas['Pipeline'];
export type SavedPipeline = Schemas['SavedPipeline'];
/** An entry of a list, without scripts. */
export type PipelineSummary = Schemas['PipelineSummary'];
/** `severity` is `error` or `warning`. */
export type ScriptProblem = Schemas['ScriptProblem'];

/** Changes to a name, note, tags or star. */
export type LabelChanges = Schemas['LabelRequest'];

export type Dataset = Schemas['Dataset'];
/** An entry of a list, with the number of fields instead of the fields. */
export type DatasetSummary = Schemas['DatasetSummary'];

export type Run = Schemas['Run'];
/** An entry of a list, without the scripts of its pipeline. */
export type RunSummary = Schemas['RunSummary'];
/** Sums over the runs that a filter finds. */
export type RunTotals = Schemas['RunTotals'];
export type RunStatus = Schemas['RunStatus'];
export type RunRequest = Schemas['RunRequest'];
export type RecordCounts = Schemas['RecordCounts'];

/** What the scripts of a run may call, and what it has cost so far. Money is decimal text, in dollars. */
export type RunModelCalls = Schemas['RunModelCalls'];
/** What scripts may call; missing values are those of the settings. */
export type ModelOptions = Schemas['ModelOptions'];
export type ModelCall = Schemas['ModelCall'];
/** The sums of the calls that a stage makes to a model. */
export type StageCalls = Schemas['ModelCallsOfStage'];
export type Upstream = Schemas['LlmUpstream'];
export type Upstreams = Schemas['LlmUpstreams'];

/** Packages at fixed versions, installed for the scripts of pipelines. */
export type Environment = Schemas['Environment'];
/** The environment of a run, as far as its page shows it. */
export type RunEnvironment = Schemas['RunEnvironment'];

export type Batch = Schemas['Batch'];
export type Attempt = Schemas['Attempt'];
export type RunAttempt = Schemas['RunAttempt'];

export type RecordStatus = Schemas['Record']['status'];
export type Comparison = Schemas['Comparison'];
export type FailureGroup = Schemas['Failure'];
/** Records that were skipped for the same reason. */
export type SkipGroup = Schemas['Skip'];
export type Correlations = Schemas['Correlations'];

/** Values of records are parsed without loss, so they may hold numbers that the schema cannot describe. */
export type StageValue = Changed<Schemas['StageValue'], { value: JsonObject }>;
export type RunRecord = Changed<Schemas['Record'], { raw: JsonObject; stages: StageValue[] }>;
export type Trial = Changed<Schemas['Trial'], { records: RunRecord[]; llm?: TrialModelCalls | null }>;

/** What the model calls of a trial have cost, in dollars as decimal text. */
type TrialModelCalls = {
  calls: number;
  promptTokens: number;
  completionTokens: number;
  cachedTokens: number;
  cost: string;
};

/** A part of a list whose total is known. */
export type Window<Item> = { items: Item[]; offset: number; limit: number; total: number };

/**
 * A part of the result of a search. `total` is null when only a scan of all records could tell it; `nextFrom` is null
 * at the end.
 */
export type FoundRecords = { items: RunRecord[]; total: number | null; nextFrom: number | null };

/** Who uses the page. */
export type Me = Schemas['Me'];
export type Role = Schemas['Role'];
export type User = Schemas['Account'];
/** A session of the page, which somebody who has signed in has. */
export type Session = Schemas['Session'];
/** An API key without its secret. */
export type ApiKey = Schemas['ApiKeyInfo'];
/** A link with which a person chooses a password once. */
export type PasswordLink = Schemas['PasswordLink'];
/** A secret without its value. */
export type Secret = Schemas['Secret'];
/** A change, or what somebody was denied. */
export type AuditEntry = Schemas['AuditEntry'];
export type AuditOutcome = AuditEntry['outcome'];
/** Whether the entries of the audit log are those that were written. */
export type AuditVerification = Schemas['AuditVerification'];
