import type { StepDraft } from '../draft/draft';
import type { Prompt } from './prompt';
import { promptScript } from './prompt-script';
import { readPromptScript } from './read-prompt-script';

/** The prompt that the main script of a step is written from; undefined when it is an ordinary script. */
export function promptOfStep({ prompt, scripts }: StepDraft): Prompt | undefined {
  const source = scripts.main?.source ?? '';
  return prompt !== undefined && promptScript(prompt) === source ? prompt : readPromptScript(source);
}
