import { Button, Group, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { datasetQuery, datasetsQuery } from '@/api/datasets';
import { pipelineQuery, pipelinesQuery } from '@/api/pipelines';
import { DayInput } from '@/components/input/day-input';
import classes from '@/components/list/filter-bar.module.css';
import { SearchField } from '@/components/list/search-field';
import { StarredSwitch } from '@/components/list/starred-switch';
import { stateLabel } from '@/lib/states';
import { FoundSelect } from './found-select';
import { isFiltered, sorts, statuses } from './run-list-filter';

type RunFilterBarProps = {
  search: URLSearchParams;
  onChange: (changes: Record<string, string | undefined>) => void;
  onClear: () => void;
};

/** Search, filters and order of the list of runs. All of them stand in the address. */
export function RunFilterBar({ search, onChange, onClear }: RunFilterBarProps) {
  const value = (name: string) => search.get(name) ?? '';
  const tag = value('tag');
  const version = value('version');
  return (
    <Group gap="xs" mb="xs" align="end" role="search" className={classes.bar}>
      <SearchField label="Search runs" value={value('q')} onSearch={(q) => onChange({ q })} />
      <NativeSelect
        aria-label="State"
        value={value('status')}
        onChange={(event) => onChange({ status: event.currentTarget.value })}
        data={[
          { value: '', label: 'Any state' },
          ...statuses.map((one) => ({ value: one, label: stateLabel(one) })),
        ]}
      />
      <DatasetSelect id={value('dataset')} onChange={(dataset) => onChange({ dataset })} />
      <PipelineSelect
        id={value('pipeline')}
        onChange={(pipeline) => onChange({ pipeline, version: undefined })}
      />
      {version !== '' && (
        <Button variant="default" onClick={() => onChange({ version: undefined })}>
          Version {version} ✕
        </Button>
      )}
      {tag !== '' && (
        <Button variant="default" onClick={() => onChange({ tag: undefined })}>
          Tag {tag} ✕
        </Button>
      )}
      <DayInput label="From" day={value('since')} onChange={(since) => onChange({ since })} />
      <DayInput label="To" day={value('until')} onChange={(until) => onChange({ until })} />
      <StarredSwitch
        checked={value('starred') === 'true'}
        onChange={(starred) => onChange({ starred: starred ? 'true' : undefined })}
      />
      <NativeSelect
        aria-label="Sort runs"
        value={value('sort') || 'NEWEST'}
        onChange={(event) => onChange({ sort: event.currentTarget.value })}
        data={Object.entries(sorts).map(([sort, label]) => ({ value: sort, label }))}
      />
      {isFiltered(search) && (
        <Button variant="subtle" onClick={onClear}>
          Clear
        </Button>
      )}
    </Group>
  );
}

type ChooserProps = { id: string; onChange: (id: string | undefined) => void };

const offered = 20;

function DatasetSelect({ id, onChange }: ChooserProps) {
  const [text, setText] = useState('');
  const { data: chosen } = useQuery({ ...datasetQuery(id), enabled: id !== '' });
  const { data: found = [] } = useInfiniteQuery(datasetsQuery(search(text)));
  return (
    <FoundSelect
      label="Dataset"
      chosen={id === '' ? undefined : { id, name: chosen?.name ?? id }}
      found={found}
      onSearch={setText}
      onChange={onChange}
    />
  );
}

function PipelineSelect({ id, onChange }: ChooserProps) {
  const [text, setText] = useState('');
  const { data: chosen } = useQuery({ ...pipelineQuery(id), enabled: id !== '' });
  const { data: found = [] } = useInfiniteQuery(pipelinesQuery(search(text)));
  return (
    <FoundSelect
      label="Pipeline"
      chosen={id === '' ? undefined : { id, name: chosen?.name ?? id }}
      found={found}
      onSearch={setText}
      onChange={onChange}
    />
  );
}

function search(text: string) {
  return { limit: offered, ...(text === '' ? {} : { q: text }) };
}
