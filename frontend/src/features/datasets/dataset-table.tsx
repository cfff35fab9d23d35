import { Anchor, Table, VisuallyHidden } from '@mantine/core';
import { Link } from 'react-router';
import { useLabelChange } from '@/api/labels';
import type { DatasetSummary } from '@/api/types';
import { LabelLine } from '@/components/labels/label-line';
import { StarButton } from '@/components/labels/star-button';
import { SelectionCell, SelectionHead } from '@/components/list/selection-cells';
import type { Selection } from '@/components/list/use-selection';
import { Timestamp } from '@/components/timestamp';
import { formatBytes, formatCount, formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';

type DatasetTableProps = { datasets: DatasetSummary[]; selection: Selection };

export function DatasetTable({ datasets, selection }: DatasetTableProps) {
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table highlightOnHover className="figures">
        <Table.Thead>
          <Table.Tr>
            <SelectionHead items={datasets} selection={selection} />
            <Table.Th w={40}>
              <VisuallyHidden>Star</VisuallyHidden>
            </Table.Th>
            <Table.Th>Dataset</Table.Th>
            <Table.Th ta="right">Records</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
            <Table.Th ta="right">Fields</Table.Th>
            <Table.Th ta="right">Runs</Table.Th>
            <Table.Th>Uploaded</Table.Th>
            <Table.Th pos="relative">
              <VisuallyHidden>Use</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {datasets.map((dataset) => (
            <DatasetRow key={dataset.id} dataset={dataset} selection={selection} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function DatasetRow({ dataset, selection }: { dataset: DatasetSummary; selection: Selection }) {
  const change = useLabelChange('dataset', dataset.id);
  return (
    <Table.Tr>
      <SelectionCell item={dataset} selection={selection} />
      <Table.Td>
        <StarButton
          name={dataset.name}
          starred={dataset.starred}
          busy={change.isPending}
          onChange={(starred) => change.mutate({ starred })}
        />
      </Table.Td>
      <Table.Td maw={360}>
        <div className="cut">
          <Anchor component={Link} to={paths.dataset(dataset.id)} dir="auto">
            {dataset.name}
          </Anchor>
          {dataset.sameContent > 0 && (
            <>
              {' '}
              <Anchor component={Link} to={paths.datasetsWithContent(dataset.sha256)} size="sm">
                same content as {formatCount(dataset.sameContent, 'other')}
              </Anchor>
            </>
          )}
        </div>
        <LabelLine tags={dataset.tags} note={dataset.note} isShort />
      </Table.Td>
      <Table.Td ta="right">{formatNumber(dataset.records)}</Table.Td>
      <Table.Td ta="right">{formatBytes(dataset.bytes)}</Table.Td>
      <Table.Td ta="right">{formatNumber(dataset.fieldCount)}</Table.Td>
      <Table.Td ta="right">
        {dataset.runs > 0 && (
          <Anchor component={Link} to={paths.runsOf({ dataset: dataset.id })} size="sm">
            {formatNumber(dataset.runs)}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td>
        <Timestamp at={dataset.createdAt} />
      </Table.Td>
      <Table.Td ta="right">
        <Anchor component={Link} to={paths.newRun({ dataset: dataset.id })} size="sm">
          New run
        </Anchor>
      </Table.Td>
    </Table.Tr>
  );
}
