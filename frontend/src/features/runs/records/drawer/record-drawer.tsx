import { ActionIcon, Drawer, Group, Kbd, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { recordsQuery } from '@/api/runs';
import type { Run, RunRecord } from '@/api/types';
import { QuerySection } from '@/components/feedback/query-section';
import { Icon } from '@/components/icon';
import { RecordStages } from '@/components/record/record-stages';
import { StateMark } from '@/components/state/state-mark';
import { formatNumber } from '@/lib/format';
import { isStage } from '@/lib/stages';
import { isFinal } from '@/lib/states';
import type { RecordError } from '@/lib/values/record';
import { MadeBy } from '../../attempts/made-by';
import { RecordCalls } from '../../model-calls/calls/record-calls';
import { RecordActions } from './record-actions';
import classes from './record-drawer.module.css';
import { RecordLog } from './record-log';

type RecordDrawerProps = {
  run: Run;
  index: number;
  onPrevious: () => void;
  onNext: () => void;
  onClose: () => void;
};

/** One record in a drawer beside the table. */
export function RecordDrawer({ run, index, onPrevious, onNext, onClose }: RecordDrawerProps) {
  const query = useQuery(recordsQuery(run.id, { offset: index, limit: 1 }, isFinal(run.status)));

  return (
    <Drawer.Root
      opened
      onClose={onClose}
      position="right"
      size="xl"
      lockScroll={false}
      trapFocus={false}
      transitionProps={{ duration: 120 }}
    >
      <Drawer.Content>
        <div className={classes.head}>
          <Drawer.Title className="figures" fw={600}>
            Record {formatNumber(index)}
          </Drawer.Title>
          <ActionIcon aria-label="Previous record" onClick={onPrevious}>
            <Icon name="up" />
          </ActionIcon>
          <ActionIcon aria-label="Next record" onClick={onNext}>
            <Icon name="down" />
          </ActionIcon>
          <Text size="xs" className="quiet" visibleFrom="sm">
            <Kbd size="xs">J</Kbd> <Kbd size="xs">K</Kbd> next or previous, <Kbd size="xs">F</Kbd> next
            failed, <Kbd size="xs">Esc</Kbd> close
          </Text>
          <Drawer.CloseButton aria-label="Close the record" />
        </div>
        <Drawer.Body>
          <QuerySection name="The record" query={query}>
            {({ items: [record] }) =>
              record === undefined ? (
                <Text>This run has no record {formatNumber(index)}.</Text>
              ) : (
                <>
                  <Group mb="sm" justify="space-between">
                    <StateMark state={record.status} />
                    <RecordActions run={run} record={record} />
                  </Group>
                  <MadeBy run={run} record={record} />
                  <RecordStages
                    key={record.index}
                    record={record}
                    sourceOf={(error) => sourceOf(run, error)}
                  />
                  {madeCalls(run, record) && <RecordCalls run={run} record={record} />}
                  <RecordLog run={run} index={record.index} />
                </>
              )
            }
          </QuerySection>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function madeCalls(run: Run, record: RunRecord): boolean {
  return run.llm != null && (record.llm?.calls ?? 0) > 0;
}

function sourceOf(run: Run, { step, stage }: RecordError): string | undefined {
  const failed = run.pipeline.steps.find((one) => one.name === step);
  return isStage(stage) ? failed?.[stage]?.source : undefined;
}
