import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Dispatch } from 'react';
import { Link } from 'react-router';
import { datasetQuery, datasetRecordsQuery } from '@/api/datasets';
import type { Dataset } from '@/api/types';
import { FieldSummary } from '@/components/field-summary';
import { QuerySection } from '@/components/query-section';
import { RecordPreview } from '@/components/record-preview';
import { formatBytes, formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { windowSize } from '@/lib/window-size';
import type { DraftAction } from '../draft/draft-reducer';
import { DatasetChooser } from './dataset-chooser';

const previewedRecords = 20;

type DataPanelProps = { datasetId: string | undefined; dispatch: Dispatch<DraftAction> };

export function DataPanel({ datasetId, dispatch }: DataPanelProps) {
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        Data
      </Title>
      {datasetId === undefined ? (
        <DatasetChooser onChosen={(id) => dispatch({ type: 'dataset chosen', id })} />
      ) : (
        <ChosenDataset id={datasetId} onDrop={() => dispatch({ type: 'dataset dropped' })} />
      )}
    </Stack>
  );
}

function ChosenDataset({ id, onDrop }: { id: string; onDrop: () => void }) {
  const query = useQuery(datasetQuery(id));
  return (
    <>
      <QuerySection name="The dataset" query={query}>
        {(dataset) => <DatasetSummary dataset={dataset} />}
      </QuerySection>
      <Group>
        <Button variant="default" onClick={onDrop}>
          Change dataset
        </Button>
      </Group>
    </>
  );
}

function DatasetSummary({ dataset }: { dataset: Dataset }) {
  const preview = useQuery(datasetRecordsQuery(dataset.id, 0, windowSize(previewedRecords, dataset)));
  return (
    <>
      <div>
        <Anchor component={Link} to={paths.dataset(dataset.id)} fw={600} dir="auto">
          {dataset.name}
        </Anchor>
        <Text size="sm" className="quiet figures">
          {formatCount(dataset.records, 'record')}, {formatBytes(dataset.bytes)}
        </Text>
      </div>
      <FieldSummary fields={dataset.fields} records={dataset.records} />
      <QuerySection name="The preview" query={preview}>
        {(page) => <RecordPreview records={page.items} />}
      </QuerySection>
    </>
  );
}
