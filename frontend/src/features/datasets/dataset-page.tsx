import { Button, Grid, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { datasetQuery, useDeleteDataset, useSameContent } from '@/api/datasets';
import { useLabelChange } from '@/api/labels';
import { runsOfDatasetQuery } from '@/api/runs';
import type { Dataset } from '@/api/types';
import { DatasetReading } from '@/components/dataset/dataset-reading';
import { FieldSummary } from '@/components/dataset/field-summary';
import { SameContent } from '@/components/dataset/same-content';
import { ConfirmButton } from '@/components/feedback/confirm-button';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { QuerySection } from '@/components/feedback/query-section';
import { LabelButton } from '@/components/labels/label-dialog';
import { LabelLine } from '@/components/labels/label-line';
import { StarButton } from '@/components/labels/star-button';
import { PageHeading } from '@/components/page-heading';
import { Timestamp } from '@/components/timestamp';
import { formatBytes, formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { DatasetProfile } from './dataset-profile';
import { DatasetRecords } from './dataset-records';
import { DatasetRuns, RunsInTheWay, shownRuns } from './dataset-runs';

export function DatasetPage() {
  const { id = '' } = useParams();
  const query = useQuery(datasetQuery(id));
  return (
    <QuerySection name="The dataset" query={query}>
      {(dataset) => <DatasetView dataset={dataset} />}
    </QuerySection>
  );
}

function DatasetView({ dataset }: { dataset: Dataset }) {
  const navigate = useNavigate();
  const { data: runs } = useQuery(runsOfDatasetQuery(dataset.id, shownRuns));
  const sameContent = useSameContent(dataset);
  const label = useLabelChange('dataset', dataset.id);
  const remove = useDeleteDataset(dataset.id, () => navigate(paths.datasets));
  return (
    <>
      <PageHeading title={dataset.name}>
        <StarButton
          name={dataset.name}
          starred={dataset.starred}
          busy={label.isPending}
          onChange={(starred) => label.mutate({ starred })}
        />
        <LabelButton
          labels={dataset}
          saving={label.isPending}
          error={label.error}
          onSave={(changes, onSaved) => label.mutate(changes, { onSuccess: onSaved })}
        />
        <Button component={Link} to={paths.newRun({ dataset: dataset.id })}>
          New run
        </Button>
        <ConfirmButton
          question="Delete this dataset?"
          consequence="Its records are deleted for good."
          refusal={
            runs !== undefined && runs.items.length > 0 ? (
              <RunsInTheWay runs={runs} dataset={dataset.id} />
            ) : undefined
          }
          verb="Delete the dataset"
          onConfirm={() => remove.mutate()}
        >
          Delete
        </ConfirmButton>
      </PageHeading>
      {remove.error !== null && <ProblemAlert error={remove.error} />}
      <Group gap="md" mb="sm" fz="sm" className="quiet figures">
        <span>{formatCount(dataset.records, 'record')}</span>
        <span>{formatBytes(dataset.bytes)}</span>
        <span>
          Uploaded <Timestamp at={dataset.createdAt} />
        </span>
        <Text span className="mono" fz="xs" title="SHA-256 of the content">
          {dataset.sha256.slice(0, 16)}…
        </Text>
      </Group>
      <LabelLine tags={dataset.tags} note={dataset.note} />
      <SameContent others={sameContent} />
      <DatasetReading dataset={dataset} />
      <Grid gap="md" mt="sm">
        <Grid.Col span={{ base: 12, md: 4, lg: 3 }}>
          <FieldSummary fields={dataset.fields} records={dataset.records} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8, lg: 9 }}>
          {runs !== undefined && runs.items.length > 0 && <DatasetRuns runs={runs} dataset={dataset.id} />}
          <DatasetRecords dataset={dataset} />
          <DatasetProfile dataset={dataset} />
        </Grid.Col>
      </Grid>
    </>
  );
}
