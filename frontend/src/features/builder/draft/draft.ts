import { defaultImage } from '@/api/environments';
import type { ModelOptions, Pipeline, Run, RunRequest, Script, StageName, Step } from '@/api/types';
import { stages } from '@/lib/stages';
import { requirementLines, requirementsText } from '../packages/requirement-lines';
import { type Prompt, promptProblems } from '../prompt/prompt';
import { promptOfStep } from '../prompt/step-prompt';
import type { Sample } from '../trial/samples';
import { defaultModelCalls, type ModelCallsDraft, modelCallProblems, modelCallsDraft } from './model-calls';
import { defaultOptions, type OptionsDraft, optionProblems, optionsOfRun, requestOptions } from './options';

export type StepDraft = {
  key: string;
  name: string;
  scripts: { [Stage in StageName]?: Script };
  /** The prompt that the main script was last written from; the script may have been edited since. */
  prompt?: Prompt;
};

export type Draft = {
  name: string;
  runName: string;
  datasetId?: string;
  /** The saved pipeline that the draft comes from; saving makes its next version. */
  savedAs?: { id: string; version: number };
  steps: StepDraft[];
  /** The packages of the scripts as typed, one requirement per line. */
  packages: string;
  /** The name of the image in which the scripts run; undefined for the default one. */
  image?: string;
  /** Megabytes that each sandbox may take; undefined for the limit of the settings. */
  memory?: number;
  options: OptionsDraft;
  modelCalls: ModelCallsDraft;
  /** Records to try the scripts on again and again. */
  samples: Sample[];
};

export const scriptTemplate = `def transform(record: dict) -> dict:
    # Change the record and return it. To leave it out:
    # raise SkipRecord("reason"). Any other exception fails it.
    return record
`;

export function blankDraft(): Draft {
  return {
    name: '',
    runName: '',
    steps: [newStep([], { main: { name: 'main.py', source: scriptTemplate } })],
    packages: '',
    options: defaultOptions,
    modelCalls: defaultModelCalls,
    samples: [],
  };
}

export function newStep(steps: StepDraft[], scripts: StepDraft['scripts'], wanted?: string): StepDraft {
  return {
    key: crypto.getRandomValues(new Uint32Array(2)).join('-'),
    name: freeName(steps, wanted ?? `step_${steps.length + 1}`),
    scripts,
  };
}

function freeName(steps: StepDraft[], wanted: string): string {
  const taken = new Set(steps.map((step) => step.name));
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) {
    name = `${wanted}_${number}`;
  }
  return name;
}

/** Converts the steps of a pipeline to steps of a draft. */
export function draftSteps(steps: Step[]): StepDraft[] {
  return steps.map((step) => newStep([], draftScripts(step), step.name));
}

function draftScripts(step: Step): StepDraft['scripts'] {
  const scripts: StepDraft['scripts'] = {};
  for (const stage of stages) {
    const script = step[stage];
    if (script != null) {
      scripts[stage] = script;
    }
  }
  return scripts;
}

/** A draft with the dataset, pipeline and options of a run. */
export function draftOfRun(run: Run): Draft {
  return {
    name: run.pipeline.name,
    runName: run.name,
    datasetId: run.dataset.id,
    ...(run.pipeline.id != null && run.pipeline.version != null
      ? { savedAs: { id: run.pipeline.id, version: run.pipeline.version } }
      : {}),
    steps: draftSteps(run.pipeline.steps),
    packages: requirementsText(run.pipeline.environment?.packages),
    ...sandboxOf(run.pipeline.environment),
    options: optionsOfRun(run),
    modelCalls: modelCallsDraft(run.llm),
    samples: [],
  };
}

/** The image and the memory that a pipeline chooses, as a part of a draft. */
export function sandboxOf(
  environment: { image?: string | null; memoryMegabytes?: number | null } | null | undefined,
): Pick<Draft, 'image' | 'memory'> {
  return {
    ...(environment?.image == null || environment.image === defaultImage ? {} : { image: environment.image }),
    ...(environment?.memoryMegabytes == null ? {} : { memory: environment.memoryMegabytes }),
  };
}

export function pipelineOf(draft: Draft): Pipeline {
  return {
    name: draft.name.trim() || 'pipeline',
    steps: draft.steps.map((step) => ({
      name: step.name.trim(),
      main: step.scripts.main ?? { name: 'main.py', source: '' },
      ...(step.scripts.pre ? { pre: step.scripts.pre } : {}),
      ...(step.scripts.post ? { post: step.scripts.post } : {}),
    })),
    ...environmentOf(draft),
  };
}

function environmentOf({ packages, image, memory }: Draft): Pick<Pipeline, 'environment'> {
  const requirements = requirementLines(packages).map(({ text }) => text);
  const saysNothing = requirements.length === 0 && image === undefined && memory === undefined;
  return saysNothing
    ? {}
    : {
        environment: {
          packages: requirements,
          ...(image === undefined ? {} : { image }),
          ...(memory === undefined ? {} : { memoryMegabytes: memory }),
        },
      };
}

/** The request that submits the draft; only for a draft without {@link draftProblems}. */
export function runRequestOf(draft: Draft, llm?: ModelOptions): RunRequest {
  return {
    ...(draft.runName.trim() === '' ? {} : { name: draft.runName.trim() }),
    datasetId: draft.datasetId ?? '',
    pipeline: pipelineOf(draft),
    ...requestOptions(draft.options),
    ...(llm === undefined ? {} : { llm }),
  };
}

/** Why a draft cannot be submitted, in the order of the page; empty when it can. */
export function draftProblems(draft: Draft): string[] {
  const problems: string[] = [];
  if (draft.datasetId === undefined) {
    problems.push('Choose a dataset.');
  }
  return [
    ...problems,
    ...pipelineProblems(draft),
    ...Object.values(optionProblems(draft.options)),
    ...Object.values(modelCallProblems(draft.modelCalls)),
  ];
}

/** Why the steps of a draft are not a valid pipeline yet. */
export function pipelineProblems(draft: Draft): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  if (draft.steps.length === 0) {
    problems.push('Add a step.');
  }
  draft.steps.forEach((step, at) => {
    const name = step.name.trim();
    if (name === '') {
      problems.push(`Give step ${at + 1} a name.`);
    } else if (seen.has(name)) {
      problems.push(`Two steps are called ${name}. Give each its own name.`);
    }
    seen.add(name);
    if (step.scripts.main === undefined || step.scripts.main.source.trim() === '') {
      problems.push(`Write or choose the main script of step ${name || at + 1}.`);
    }
    const prompt = promptOfStep(step);
    if (prompt !== undefined) {
      problems.push(...promptProblems(prompt).map((problem) => `Step ${name || at + 1}: ${problem}`));
    }
  });
  return problems;
}
