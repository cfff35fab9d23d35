import type { Script, StageName } from '@/api/types';
import { stages } from '@/lib/stages';
import type { Prompt } from '../prompt/prompt';
import { promptScript } from '../prompt/prompt-script';
import { type Sample, withSample } from '../trial/samples';
import { type Draft, type StepDraft, sandboxOf } from './draft';
import type { ModelCallsDraft } from './model-calls';
import type { OptionsDraft } from './options';

export type DraftAction =
  | { type: 'renamed'; name: string }
  | { type: 'run renamed'; name: string }
  | { type: 'dataset chosen'; id: string }
  | { type: 'dataset dropped' }
  | { type: 'step added'; step: StepDraft }
  | { type: 'step inserted'; at: number; step: StepDraft }
  | { type: 'step removed'; key: string }
  | { type: 'step moved'; key: string; to: number }
  | { type: 'step renamed'; key: string; name: string }
  | { type: 'script set'; key: string; stage: StageName; script: Script }
  | { type: 'script removed'; key: string; stage: StageName }
  | { type: 'prompt set'; key: string; prompt: Prompt }
  | { type: 'packages changed'; packages: string }
  | { type: 'image chosen'; image: string }
  | { type: 'memory chosen'; memory: number | undefined }
  | { type: 'model calls changed'; modelCalls: Partial<ModelCallsDraft> }
  | { type: 'options changed'; options: Partial<OptionsDraft> }
  | { type: 'sample added'; sample: Sample }
  | { type: 'sample changed'; at: number; sample: Sample }
  | { type: 'sample removed'; at: number }
  | { type: 'saved'; id: string; version: number }
  | {
      type: 'steps replaced';
      name: string;
      steps: StepDraft[];
      packages: string;
      image?: string;
      memory?: number;
      modelCalls: ModelCallsDraft;
      savedAs?: Draft['savedAs'];
    };

export function draftReducer(draft: Draft, action: DraftAction): Draft {
  switch (action.type) {
    case 'renamed':
      return { ...draft, name: action.name };
    case 'run renamed':
      return { ...draft, runName: action.name };
    case 'dataset chosen':
      return { ...draft, datasetId: action.id };
    case 'dataset dropped':
      return withoutDataset(draft);
    case 'step added':
      return { ...draft, steps: [...draft.steps, action.step] };
    case 'step inserted':
      return { ...draft, steps: draft.steps.toSpliced(action.at, 0, action.step) };
    case 'step removed':
      return { ...draft, steps: draft.steps.filter((step) => step.key !== action.key) };
    case 'step moved':
      return { ...draft, steps: moved(draft.steps, action.key, action.to) };
    case 'step renamed':
      return changeStep(draft, action.key, (step) => ({ ...step, name: action.name }));
    case 'script set':
      return changeStep(draft, action.key, (step) => ({
        ...step,
        scripts: { ...step.scripts, [action.stage]: action.script },
      }));
    case 'script removed':
      return changeStep(draft, action.key, (step) => ({
        ...step,
        scripts: withoutStage(step.scripts, action.stage),
      }));
    case 'prompt set':
      return changeStep(draft, action.key, (step) => withPrompt(step, action.prompt));
    case 'packages changed':
      return { ...draft, packages: action.packages };
    case 'image chosen':
      return { ...withoutImage(draft), ...sandboxOf({ image: action.image }) };
    case 'memory chosen':
      return { ...withoutMemory(draft), ...sandboxOf({ memoryMegabytes: action.memory ?? null }) };
    case 'model calls changed':
      return { ...draft, modelCalls: { ...draft.modelCalls, ...action.modelCalls } };
    case 'options changed':
      return { ...draft, options: { ...draft.options, ...action.options } };
    case 'sample added':
      return { ...draft, samples: withSample(draft.samples, action.sample) };
    case 'sample changed':
      return { ...draft, samples: draft.samples.with(action.at, action.sample) };
    case 'sample removed':
      return { ...draft, samples: draft.samples.toSpliced(action.at, 1) };
    case 'saved':
      return { ...draft, savedAs: { id: action.id, version: action.version } };
    case 'steps replaced':
      return withSteps(draft, action);
  }
}

function withoutDataset({ datasetId: _gone, ...draft }: Draft): Draft {
  return draft;
}

function withSteps(
  { savedAs: _before, image: _chosen, memory: _asked, ...draft }: Draft,
  { type: _, ...replacing }: Extract<DraftAction, { type: 'steps replaced' }>,
): Draft {
  return { ...draft, ...replacing };
}

function withoutImage({ image: _chosen, ...draft }: Draft): Draft {
  return draft;
}

function withoutMemory({ memory: _asked, ...draft }: Draft): Draft {
  return draft;
}

/** Writes the main script of a step from a prompt. */
function withPrompt(step: StepDraft, prompt: Prompt): StepDraft {
  const name = step.scripts.main?.name ?? 'prompt.py';
  return { ...step, prompt, scripts: { ...step.scripts, main: { name, source: promptScript(prompt) } } };
}

function changeStep(draft: Draft, key: string, change: (step: StepDraft) => StepDraft): Draft {
  return { ...draft, steps: draft.steps.map((step) => (step.key === key ? change(step) : step)) };
}

function moved(steps: StepDraft[], key: string, to: number): StepDraft[] {
  const step = steps.find((one) => one.key === key);
  if (step === undefined || to < 0 || to >= steps.length) {
    return steps;
  }
  return steps.filter((one) => one.key !== key).toSpliced(to, 0, step);
}

function withoutStage(scripts: StepDraft['scripts'], gone: StageName): StepDraft['scripts'] {
  return Object.fromEntries(
    stages.filter((stage) => stage !== gone && scripts[stage]).map((stage) => [stage, scripts[stage]]),
  );
}
