import type { ModelOptions, Run, Upstream, Upstreams } from '@/api/types';
import { isAmount } from '@/lib/money';
import type { StepDraft } from './draft';

/** What the scripts may call, as typed. */
export type ModelCallsDraft = {
  /** Undefined until the user decides: calls are on when a script makes some. */
  isOn?: boolean;
  /** Empty for the default upstream. */
  upstream: string;
  /** Empty for every model that the upstream allows. */
  models: string[];
  /** Dollars; empty for the budget of the settings. */
  budget: string;
  maxOutputTokens: number | string;
  cache: 'off' | 'exact';
};

export const defaultModelCalls: ModelCallsDraft = {
  upstream: '',
  models: [],
  budget: '',
  maxOutputTokens: '',
  cache: 'off',
};

type Stored = ModelOptions | Run['llm'];

/** The options of a run or of a saved pipeline; undecided when it has none. */
export function modelCallsDraft(options: Stored): ModelCallsDraft {
  if (options == null) {
    return defaultModelCalls;
  }
  return {
    isOn: true,
    upstream: options.upstream ?? '',
    models: options.models ?? [],
    budget: options.budget ?? '',
    maxOutputTokens: options.maxOutputTokens ?? '',
    cache: options.cache === 'exact' ? 'exact' : 'off',
  };
}

const callingImports = [
  /^[ \t]*from[ \t]+datapipeline[ \t]+import[ \t]+(?:[^(\n]*|\([^)]*)\b(?:chat|embed)\b/m,
  /^[ \t]*import[ \t]+datapipeline\b/m,
  /^[ \t]*(?:from|import)[ \t]+(?:openai|litellm|langchain\w*|instructor|dspy)\b/m,
];

/** The names of the scripts that seem to call a model, judged by what they import. */
export function callingScripts(steps: StepDraft[]): string[] {
  return steps.flatMap((step) =>
    Object.values(step.scripts)
      .filter(({ source }) => callingImports.some((pattern) => pattern.test(source)))
      .map(({ name }) => name),
  );
}

type ModelCallsOf = { modelCalls: ModelCallsDraft; steps: StepDraft[] };

/** Whether the scripts may call a model. */
export function allowsCalls({ modelCalls, steps }: ModelCallsOf, upstreams: readonly Upstream[]): boolean {
  return modelCalls.isOn ?? (upstreams.length > 0 && callingScripts(steps).length > 0);
}

/** The upstream that a draft means: the chosen one, or the default one, or the first. */
export function chosenUpstream<Named extends Pick<Upstream, 'name' | 'isDefault'>>(
  { upstream }: ModelCallsDraft,
  upstreams: readonly Named[],
): Named | undefined {
  return upstream === ''
    ? (upstreams.find(({ isDefault }) => isDefault) ?? upstreams[0])
    : upstreams.find(({ name }) => name === upstream);
}

/** The options for a request; undefined when the scripts may call nothing. */
export function modelOptions(draft: ModelCallsOf, upstreams: readonly Upstream[]): ModelOptions | undefined {
  if (!allowsCalls(draft, upstreams)) {
    return undefined;
  }
  const { upstream, models, budget, maxOutputTokens, cache } = draft.modelCalls;
  const isImplied = upstreams.some(({ isDefault }) => isDefault) || upstreams.length === 0;
  const name = upstream === '' && !isImplied ? (upstreams[0]?.name ?? '') : upstream;
  return {
    ...(name === '' ? {} : { upstream: name }),
    ...(models.length === 0 ? {} : { models }),
    ...(budget.trim() === '' ? {} : { budget: budget.trim() }),
    ...(String(maxOutputTokens).trim() === '' ? {} : { maxOutputTokens: Number(maxOutputTokens) }),
    ...(cache === 'off' ? {} : { cache }),
  };
}

/** The model that `chat` uses when a script names none: the first of the run, or the only one of the upstream. */
export function defaultModel(
  modelCalls: ModelCallsDraft,
  upstreams: readonly Upstream[],
): string | undefined {
  const allowed = chosenUpstream(modelCalls, upstreams)?.models ?? [];
  return modelCalls.models[0] ?? (allowed.length === 1 ? allowed[0] : undefined);
}

/** The most that the answer of a call can cost, in dollars, as far as prices and a limit are known; else 0. */
export function dearestAnswer(
  modelCalls: ModelCallsDraft,
  { items, defaultMaxOutputTokens }: Upstreams,
): number {
  const { models, maxOutputTokens } = modelCalls;
  const upstream = chosenUpstream(modelCalls, items);
  const prices = (upstream?.prices ?? [])
    .filter(({ model }) => models.length === 0 || models.includes(model))
    .map(({ output }) => Number(output));
  const tokens = String(maxOutputTokens).trim() === '' ? defaultMaxOutputTokens : Number(maxOutputTokens);
  return (Math.max(0, ...prices) * tokens) / 1_000_000;
}

/** Error messages by field. The service checks the upper bounds. */
export type ModelCallProblems = { budget?: string; maxOutputTokens?: string };

export function modelCallProblems({ budget, maxOutputTokens }: ModelCallsDraft): ModelCallProblems {
  const tokens = String(maxOutputTokens).trim();
  return {
    ...(budget.trim() !== '' && !(isAmount(budget) && Number(budget) > 0)
      ? { budget: 'The budget must be an amount in dollars, such as 5 or 0.50, or empty.' }
      : {}),
    ...(tokens !== '' && !/^\d+$/.test(tokens)
      ? { maxOutputTokens: 'Max output tokens must be a whole number, or empty.' }
      : {}),
  };
}
