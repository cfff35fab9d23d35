import { ActionIcon, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '@/components/icon';
import { formatNumber } from '@/lib/format';
import { filledPrompt, missingFields } from './filled-prompt';
import type { Prompt } from './prompt';
import classes from './prompt-preview.module.css';
import type { StepInput } from './step-inputs';

const shownCharacters = 6000;

/** The prompt as the model gets it, for one record at a time. */
export function PromptPreview({ prompt, inputs }: { prompt: Prompt; inputs: StepInput[] }) {
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, inputs.length - 1);
  const input = inputs[at];
  if (input === undefined || prompt.template.trim() === '') {
    return null;
  }
  const missing = missingFields(prompt, input.value);
  return (
    <section aria-label="Preview of the prompt">
      <Group gap={4} mb={4}>
        <Text size="xs" fw={500} className="figures">
          Prompt for record {formatNumber(input.index)}
        </Text>
        <ActionIcon
          size="sm"
          aria-label="Preview the previous record"
          disabled={at === 0}
          onClick={() => setChosen(at - 1)}
        >
          <Icon name="left" size={12} />
        </ActionIcon>
        <ActionIcon
          size="sm"
          aria-label="Preview the next record"
          disabled={at === inputs.length - 1}
          onClick={() => setChosen(at + 1)}
        >
          <Icon name="right" size={12} />
        </ActionIcon>
      </Group>
      <pre className={classes.prompt} tabIndex={0} dir="auto">
        {filledPrompt(prompt, input.value).map((part) =>
          part.kind === 'text' ? (
            part.text
          ) : (
            <mark key={part.at} data-missing={part.kind === 'missing' || undefined}>
              {part.text.slice(0, shownCharacters)}
              {part.text.length > shownCharacters && '…'}
            </mark>
          ),
        )}
      </pre>
      {missing.length > 0 && (
        <Text size="xs" c="var(--state-partial)" mt={4} role="status">
          {`This record has no ${missing.join(', ')}. It will ${
            prompt.missing === 'skip' ? 'be skipped' : 'fail'
          } without a call.`}
        </Text>
      )}
    </section>
  );
}
