import { Chip, Group, Input, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { Upstream } from '@/api/types';

type ModelChoiceProps = {
  upstream: Upstream | undefined;
  models: string[];
  error: string | undefined;
  onChange: (models: string[]) => void;
};

/** So many models are offered as buttons; names of more are typed. */
const mostOffered = 16;

/** Which models may be called; none chosen means all. */
export function ModelChoice({ upstream, models, error, onChange }: ModelChoiceProps) {
  const offered = upstream?.models ?? [];
  const areOffered = models.every((model) => offered.includes(model));
  if (offered.length === 0 || offered.length > mostOffered || !areOffered) {
    return <TypedModels offered={offered} models={models} error={error} onChange={onChange} />;
  }
  return <OfferedModels upstream={upstream} models={models} error={error} onChange={onChange} />;
}

function OfferedModels({ upstream, models, error, onChange }: ModelChoiceProps) {
  const label = useId();
  return (
    <Input.Wrapper
      size="xs"
      label="Models"
      labelElement="div"
      labelProps={{ id: label }}
      description={
        models.length === 0 ? 'None chosen: all may be called' : 'The first one is the default of chat'
      }
      error={error}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    >
      <Chip.Group multiple value={models} onChange={onChange}>
        <Group gap={4} my={4} role="group" aria-labelledby={label}>
          {upstream?.models.map((model) => (
            <Chip
              key={model}
              value={model}
              size="xs"
              variant="outline"
              radius="sm"
              title={priceOf(upstream, model)}
            >
              {model}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

function priceOf({ isFree, prices = [] }: Upstream, model: string): string | undefined {
  const price = prices.find((one) => one.model === model);
  if (isFree) {
    return 'Costs nothing';
  }
  return price && `$${price.input} a million tokens sent, $${price.output} a million received`;
}

type TypedModelsProps = Omit<ModelChoiceProps, 'upstream'> & { offered: string[] };

function TypedModels({ offered, models, error, onChange }: TypedModelsProps) {
  const [text, setText] = useState(models.join(', '));
  return (
    <TextInput
      label="Models"
      description={offered.length > mostOffered ? `${offered.length} may be called` : undefined}
      placeholder="All, or names with commas between them"
      value={text}
      error={error}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(namesIn(event.currentTarget.value));
      }}
    />
  );
}

function namesIn(text: string): string[] {
  return [...new Set(text.split(',').map((name) => name.trim()))].filter((name) => name !== '');
}
