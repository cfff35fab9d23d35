import { Anchor, Table, VisuallyHidden } from '@mantine/core';
import { Link } from 'react-router';
import { useLabelChange } from '@/api/labels';
import type { PipelineSummary } from '@/api/types';
import { LabelLine } from '@/components/labels/label-line';
import { StarButton } from '@/components/labels/star-button';
import { SelectionCell, SelectionHead } from '@/components/list/selection-cells';
import type { Selection } from '@/components/list/use-selection';
import { Timestamp } from '@/components/timestamp';
import { formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';

type PipelineTableProps = { pipelines: PipelineSummary[]; selection: Selection };

export function PipelineTable({ pipelines, selection }: PipelineTableProps) {
  return (
    <Table.ScrollContainer minWidth={760} type="native">
      <Table highlightOnHover className="figures">
        <Table.Thead>
          <Table.Tr>
            <SelectionHead items={pipelines} selection={selection} />
            <Table.Th w={40}>
              <VisuallyHidden>Star</VisuallyHidden>
            </Table.Th>
            <Table.Th>Pipeline</Table.Th>
            <Table.Th>Steps</Table.Th>
            <Table.Th ta="right">Version</Table.Th>
            <Table.Th ta="right">Runs</Table.Th>
            <Table.Th>Last run</Table.Th>
            <Table.Th>Changed</Table.Th>
            <Table.Th pos="relative">
              <VisuallyHidden>Use</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pipelines.map((pipeline) => (
            <PipelineRow key={pipeline.id} pipeline={pipeline} selection={selection} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function PipelineRow({ pipeline, selection }: { pipeline: PipelineSummary; selection: Selection }) {
  const change = useLabelChange('pipeline', pipeline.id);
  return (
    <Table.Tr>
      <SelectionCell item={pipeline} selection={selection} />
      <Table.Td>
        <StarButton
          name={pipeline.name}
          starred={pipeline.starred}
          busy={change.isPending}
          onChange={(starred) => change.mutate({ starred })}
        />
      </Table.Td>
      <Table.Td maw={280}>
        <div className="cut">
          <Anchor component={Link} to={paths.pipeline(pipeline.id)} dir="auto">
            {pipeline.name}
          </Anchor>
        </div>
        <LabelLine tags={pipeline.tags} note={pipeline.note} isShort />
      </Table.Td>
      <Table.Td className="cut" maw={280} dir="auto">
        {namesOf(pipeline)}
      </Table.Td>
      <Table.Td ta="right">{pipeline.version}</Table.Td>
      <Table.Td ta="right">
        {pipeline.runs > 0 && (
          <Anchor component={Link} to={paths.runsOf({ pipeline: pipeline.id })} size="sm">
            {formatNumber(pipeline.runs)}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td>{pipeline.lastRunAt != null && <Timestamp at={pipeline.lastRunAt} />}</Table.Td>
      <Table.Td>
        <Timestamp at={pipeline.updatedAt} />
      </Table.Td>
      <Table.Td ta="right">
        <Anchor component={Link} to={paths.newRun({ pipeline: pipeline.id })} size="sm">
          New run
        </Anchor>
      </Table.Td>
    </Table.Tr>
  );
}

function namesOf({ stepCount, stepNames }: PipelineSummary): string {
  return [...stepNames, ...(stepCount > stepNames.length ? ['…'] : [])].join(' → ');
}
