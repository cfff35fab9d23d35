import { Anchor, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { datasetTotalsQuery } from '@/api/datasets';
import { imagesQuery } from '@/api/environments';
import { pipelineTotalsQuery } from '@/api/pipelines';
import { runsQuery, runTotalsQuery } from '@/api/runs';
import { formatBytes, formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';

/** What the service holds, what waits, and in which images scripts run. */
export function SystemFacts() {
  const { data: runs } = useQuery(runTotalsQuery({}));
  const { data: queued } = useQuery(runTotalsQuery({ status: 'QUEUED' }));
  const { data: running } = useQuery(runsQuery({ status: 'RUNNING', limit: 5 }));
  const { data: datasets } = useQuery(datasetTotalsQuery({}));
  const { data: pipelines } = useQuery(pipelineTotalsQuery({}));
  const { data: images = [] } = useQuery(imagesQuery());
  return (
    <Table maw={720} mb="md" className="figures" aria-label="What the service holds">
      <Table.Tbody>
        <Fact name="Runs" to={paths.runs}>
          {runs && `${formatCount(runs.runs, 'run')}, ${formatCount(runs.records, 'record')}`}
        </Fact>
        <Fact name="Running now">
          {running &&
            (running.items.length === 0
              ? 'Nothing'
              : running.items.map(({ name }) => name).join(', ') + (running.nextCursor == null ? '' : ' …'))}
        </Fact>
        <Fact name="Waiting">
          {queued && (queued.runs === 0 ? 'Nothing' : formatCount(queued.runs, 'run'))}
        </Fact>
        <Fact name="Datasets" to={paths.datasets}>
          {datasets && `${formatCount(datasets.datasets, 'dataset')}, ${formatBytes(datasets.bytes)}`}
        </Fact>
        <Fact name="Pipelines" to={paths.pipelines}>
          {pipelines && formatCount(pipelines.pipelines, 'saved pipeline')}
        </Fact>
        <Fact name="Images">{images.map(({ name }) => name).join(', ')}</Fact>
      </Table.Tbody>
    </Table>
  );
}

function Fact({ name, to, children }: { name: string; to?: string; children: string | undefined }) {
  return (
    <Table.Tr>
      <Table.Th w={160}>
        {to === undefined ? (
          name
        ) : (
          <Anchor component={Link} to={to}>
            {name}
          </Anchor>
        )}
      </Table.Th>
      <Table.Td>{children ?? ''}</Table.Td>
    </Table.Tr>
  );
}
