import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Dispatch, ReactNode } from 'react';
import { Link } from 'react-router';
import { datasetQuery, datasetRecordsQuery, useSameContent } from '@/api/datasets';
import type { Dataset } from '@/api/types';
import { DatasetReading } from '@/components/dataset/dataset-reading';
import { FieldSummary } from '@/components/dataset/field-summary';
import { SameContent } from '@/components/dataset/same-content';
import { QuerySection } from '@/components/feedback/query-section';
import { RecordPreview } from '@/components/record/record-preview';
import { formatBytes, formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { windowSize } from '@/lib/window-size';
import type { DraftAction } from '../draft/draft-reducer';
import { DatasetChooser, UploadProgress } from './dataset-chooser';
import { ReadingChoice } from './reading-choice';
import { RefusedDataset } from './refused-dataset';
import { type DatasetUpload, useDatasetUpload } from './use-dataset-upload';

const previewedRecords = 20;

type DataPanelProps = { datasetId: string | undefined; dispatch: Dispatch<DraftAction> };

export function DataPanel({ datasetId, dispatch }: DataPanelProps) {
  const onChosen = (id: string) => dispatch({ type: 'dataset chosen', id });
  const upload = useDatasetUpload(onChosen);
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        Data
      </Title>
      {datasetId === undefined ? (
        <DatasetChooser upload={upload} onChosen={onChosen} />
      ) : (
        <ChosenDataset
          id={datasetId}
          upload={upload}
          onChosen={onChosen}
          onDrop={() => dispatch({ type: 'dataset dropped' })}
        />
      )}
    </Stack>
  );
}

type ChosenDatasetProps = {
  id: string;
  upload: DatasetUpload;
  onChosen: (id: string) => void;
  onDrop: () => void;
};

function ChosenDataset({ id, upload, onChosen, onDrop }: ChosenDatasetProps) {
  const query = useQuery(datasetQuery(id));
  const { sent } = upload;
  return (
    <>
      <QuerySection name="The dataset" query={query}>
        {(dataset) => (
          <DatasetSummary dataset={dataset}>
            {sent?.id === id && (
              <>
                <EarlierUpload
                  dataset={dataset}
                  onChosen={(earlier) => {
                    onChosen(earlier);
                    upload.discard(sent);
                  }}
                />
                <ReadingChoice dataset={dataset} onReadAs={(readAs) => upload.readAgain(sent, readAs)} />
              </>
            )}
          </DatasetSummary>
        )}
      </QuerySection>
      {upload.progress !== undefined && <UploadProgress {...upload.progress} onCancel={upload.cancel} />}
      {sent?.id === id && upload.refused !== undefined && (
        <RefusedDataset
          refused={upload.refused}
          onReadAs={(_file, readAs) => upload.readAgain(sent, readAs)}
        />
      )}
      <Group>
        <Button variant="default" onClick={onDrop}>
          Change dataset
        </Button>
      </Group>
    </>
  );
}

type EarlierUploadProps = { dataset: Dataset; onChosen: (id: string) => void };

/** Offers the datasets of earlier uploads of the same content in place of the new one. */
function EarlierUpload({ dataset, onChosen }: EarlierUploadProps) {
  return (
    <SameContent others={useSameContent(dataset)}>
      {(other) => (
        <Button variant="default" size="compact-xs" onClick={() => onChosen(other.id)}>
          Use it instead
        </Button>
      )}
    </SameContent>
  );
}

function DatasetSummary({ dataset, children }: { dataset: Dataset; children: ReactNode }) {
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
      <DatasetReading dataset={dataset} />
      {children}
      <FieldSummary fields={dataset.fields} records={dataset.records} />
      <QuerySection name="The preview" query={preview}>
        {(page) => <RecordPreview records={page.items} />}
      </QuerySection>
    </>
  );
}
