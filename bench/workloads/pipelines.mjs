// The pipelines that are measured with, as the API takes them.
import { readFileSync } from 'node:fs';

export const SCRIPTS_FOLDER = new URL('../scripts/', import.meta.url).pathname;

export const THREE_STAGES = {
  name: 'three stages',
  steps: [{ name: 'step', pre: script('pre'), main: script('main'), post: script('post') }],
};
export const PASS_THROUGH = single('pass_through');
export const WAIT_AWAITING = single('wait_awaiting');
export const WAIT_BLOCKING = single('wait_blocking');

export const COUNT_IMPORTS = single('imported_pandas');

// The same as THREE_STAGES, with an import on top of the second.
export function threeStagesImporting(module) {
  const [step] = THREE_STAGES.steps;
  const source = `import ${module}\n\n\n${step.main.source}`;
  return { name: `three stages with ${module}`, steps: [{ ...step, main: { name: 'main.py', source } }] };
}

// A pipeline of one script that calls models.
export function modelPipeline(name) {
  return single(name);
}

function single(name) {
  return { name, steps: [{ name: 'step', main: script(name) }] };
}

function script(name) {
  return { name: `${name}.py`, source: readFileSync(`${SCRIPTS_FOLDER}${name}.py`, 'utf8') };
}
