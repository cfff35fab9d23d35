import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { type Dispatch, useState } from 'react';
import { Icon } from '@/components/icon';
import type { DraftAction } from '../draft/draft-reducer';
import { SampleEditor } from './sample-editor';
import type { Sample } from './samples';
import classes from './trial-record.module.css';

type SampleListProps = {
  samples: Sample[];
  /** Whether the first one is to be edited at once. */
  startsEditing: boolean;
  dispatch: Dispatch<DraftAction>;
};

const newSample: Sample = { record: '{\n  \n}' };

/** The pinned samples of the draft: to be edited, removed, or written by hand. */
export function SampleList({ samples, startsEditing, dispatch }: SampleListProps) {
  const [edited, setEdited] = useState<number | undefined>(startsEditing ? 0 : undefined);
  return (
    <section aria-label="Pinned samples">
      {samples.map((sample, at) =>
        at === edited ? (
          <SampleEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: samples are identified by their position
            key={at}
            number={at + 1}
            sample={sample}
            onChange={(changed) => dispatch({ type: 'sample changed', at, sample: changed })}
            onClose={() => setEdited(undefined)}
          />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: samples are identified by their position
          <div key={at} className={classes.sample}>
            <Text span size="sm" className="figures">
              {at + 1}
            </Text>
            <Text span size="xs" className="mono cut" dir="auto" flex={1}>
              {sample.record.replace(/\s+/g, ' ')}
            </Text>
            {sample.expected !== undefined && (
              <Text span size="xs" className="quiet">
                with a result
              </Text>
            )}
            <ActionIcon aria-label={`Edit sample ${at + 1}`} onClick={() => setEdited(at)}>
              <Icon name="edit" />
            </ActionIcon>
            <ActionIcon
              aria-label={`Remove sample ${at + 1}`}
              onClick={() => {
                dispatch({ type: 'sample removed', at });
                setEdited(undefined);
              }}
            >
              <Icon name="close" />
            </ActionIcon>
          </div>
        ),
      )}
      <Group mt={4}>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => {
            dispatch({ type: 'sample added', sample: newSample });
            setEdited(samples.length);
          }}
        >
          Write a sample
        </Button>
      </Group>
    </section>
  );
}
