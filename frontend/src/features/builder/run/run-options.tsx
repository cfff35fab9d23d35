import { NativeSelect, NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import type { Dispatch } from 'react';
import type { Draft } from '../draft/draft';
import type { DraftAction } from '../draft/draft-reducer';
import { type OptionsDraft, optionProblems } from '../draft/options';

type RunOptionsProps = { draft: Draft; dispatch: Dispatch<DraftAction> };

export function RunOptions({ draft, dispatch }: RunOptionsProps) {
  const { options } = draft;
  const problems = optionProblems(options);
  const change = (changed: Partial<OptionsDraft>) => dispatch({ type: 'options changed', options: changed });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm" mb="sm">
      <TextInput
        label="Run name"
        placeholder="Same as the pipeline"
        value={draft.runName}
        onChange={(event) => dispatch({ type: 'run renamed', name: event.currentTarget.value })}
      />
      <NumberInput
        label="Max parallel batches"
        placeholder="No limit"
        min={1}
        allowDecimal={false}
        clampBehavior="none"
        value={options.maxParallelBatches}
        error={problems.maxParallelBatches}
        onChange={(maxParallelBatches) => change({ maxParallelBatches })}
      />
      <NumberInput
        label="Concurrent records per batch"
        placeholder="1"
        min={1}
        allowDecimal={false}
        clampBehavior="none"
        value={options.recordConcurrency}
        error={problems.recordConcurrency}
        onChange={(recordConcurrency) => change({ recordConcurrency })}
      />
      <NumberInput
        label="Time limit per record, in seconds"
        placeholder="60"
        min={0}
        clampBehavior="none"
        value={options.recordTimeoutSeconds}
        error={problems.recordTimeoutSeconds}
        onChange={(recordTimeoutSeconds) => change({ recordTimeoutSeconds })}
      />
      <TextInput
        label="Tolerated failures"
        placeholder="No limit; for example 20 or 10%"
        value={options.toleratedFailures}
        error={problems.toleratedFailures}
        onChange={(event) => change({ toleratedFailures: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label="Values to keep"
        value={options.trace}
        onChange={(event) => change({ trace: event.currentTarget.value === 'final' ? 'final' : 'all' })}
        data={[
          { value: 'all', label: 'After every stage' },
          { value: 'final', label: 'Final values only' },
        ]}
      />
      <NativeSelect
        size="xs"
        label="Sandbox isolation"
        value={options.isolation}
        onChange={(event) => change({ isolation: event.currentTarget.value === 'batch' ? 'batch' : 'run' })}
        data={[
          { value: 'run', label: 'New sandbox per run' },
          { value: 'batch', label: 'New sandbox per batch' },
        ]}
      />
    </SimpleGrid>
  );
}
