import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { Dispatch } from 'react';
import type { Draft, OptionsDraft } from '../draft/draft';
import type { DraftAction } from '../draft/draft-reducer';

type RunOptionsProps = { draft: Draft; dispatch: Dispatch<DraftAction> };

export function RunOptions({ draft, dispatch }: RunOptionsProps) {
  const { options } = draft;
  const change = (changed: Partial<OptionsDraft>) => dispatch({ type: 'options changed', options: changed });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm" mb="sm">
      <TextInput
        label="Name of the run"
        placeholder="as the pipeline"
        value={draft.runName}
        onChange={(event) => dispatch({ type: 'run renamed', name: event.currentTarget.value })}
      />
      <TextInput
        label="Batches at once, at most"
        placeholder="as many as there are slots"
        inputMode="numeric"
        value={options.maxParallelBatches}
        onChange={(event) => change({ maxParallelBatches: event.currentTarget.value })}
      />
      <TextInput
        label="Records at once in a batch"
        placeholder="1"
        inputMode="numeric"
        value={options.recordConcurrency}
        onChange={(event) => change({ recordConcurrency: event.currentTarget.value })}
      />
      <TextInput
        label="Seconds per record, at most"
        placeholder="60"
        inputMode="decimal"
        value={options.recordTimeoutSeconds}
        onChange={(event) => change({ recordTimeoutSeconds: event.currentTarget.value })}
      />
      <TextInput
        label="Tolerated failures"
        placeholder="any number; 20 or 10%"
        value={options.toleratedFailures}
        onChange={(event) => change({ toleratedFailures: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label="Values kept"
        value={options.trace}
        onChange={(event) => change({ trace: event.currentTarget.value === 'final' ? 'final' : 'all' })}
        data={[
          { value: 'all', label: 'after every stage' },
          { value: 'final', label: 'only the last' },
        ]}
      />
      <NativeSelect
        size="xs"
        label="A fresh sandbox for"
        value={options.isolation}
        onChange={(event) => change({ isolation: event.currentTarget.value === 'batch' ? 'batch' : 'run' })}
        data={[
          { value: 'run', label: 'every run' },
          { value: 'batch', label: 'every batch' },
        ]}
      />
    </SimpleGrid>
  );
}
