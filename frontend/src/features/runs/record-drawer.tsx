import { ActionIcon, Drawer, Group, Kbd, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { problemText } from '@/api/problem-text';
import { recordsQuery } from '@/api/runs';
import type { RecordStatus, Run } from '@/api/types';
import { Icon } from '@/components/icon';
import { QuerySection } from '@/components/query-section';
import { RecordStages } from '@/components/record-stages';
import { StateMark } from '@/components/state-mark';
import { formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import { isFinal } from '@/lib/states';
import { neighbourInState } from './neighbour-in-state';
import classes from './record-drawer.module.css';
import { RecordLog } from './record-log';

type RecordDrawerProps = { run: Run; index: number; status: RecordStatus | undefined };

/** One record beside the table. J and K walk, F goes to the next failed one, Esc closes. */
export function RecordDrawer({ run, index, status }: RecordDrawerProps) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const final = isFinal(run.status);
  const query = useQuery(recordsQuery(run.id, { offset: index, limit: 1 }, final));
  const filter = status === undefined ? {} : { status };
  const open = (target: number | undefined) => {
    if (target !== undefined && target >= 0 && target < run.records.total) {
      navigate(paths.runRecord(run.id, target, filter), { preventScrollReset: true, replace: true });
    }
  };
  const walk = async (direction: 1 | -1, within = status) => {
    if (within === undefined) {
      open(index + direction);
    } else {
      open(await neighbourInState(queryClient, { runId: run.id, status: within, final }, index, direction));
    }
  };
  useHotkeys([
    ['j', () => walk(1)],
    ['k', () => walk(-1)],
    ['f', () => walk(1, 'FAILED')],
  ]);

  return (
    <Drawer.Root
      opened
      onClose={() => navigate(paths.runRecords(run.id, filter), { preventScrollReset: true })}
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
          <ActionIcon aria-label="Previous record" onClick={() => walk(-1)}>
            <Icon name="up" />
          </ActionIcon>
          <ActionIcon aria-label="Next record" onClick={() => walk(1)}>
            <Icon name="down" />
          </ActionIcon>
          <Text size="xs" className="quiet" visibleFrom="sm">
            <Kbd size="xs">J</Kbd> <Kbd size="xs">K</Kbd> walk, <Kbd size="xs">F</Kbd> next failed,{' '}
            <Kbd size="xs">Esc</Kbd> close
          </Text>
          <Drawer.CloseButton aria-label="Close the record" />
        </div>
        <Drawer.Body>
          <QuerySection name="The record" query={query} describe={problemText}>
            {({ items: [record] }) =>
              record === undefined ? (
                <Text>There is no record {formatNumber(index)} in this run.</Text>
              ) : (
                <>
                  <Group mb="sm">
                    <StateMark state={record.status} />
                  </Group>
                  <RecordStages
                    key={record.index}
                    record={record}
                    sourceOf={(fault) => sourceOf(run, fault)}
                  />
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

function sourceOf(run: Run, fault: { step?: string | null | undefined; stage?: string | null | undefined }) {
  const step = run.pipeline.steps.find((one) => one.name === fault.step);
  if (fault.stage === 'pre' || fault.stage === 'main' || fault.stage === 'post') {
    return step?.[fault.stage]?.source;
  }
  return undefined;
}
