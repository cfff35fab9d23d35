import { Button, Group, Menu, Text } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { Dispatch } from 'react';
import { Link } from 'react-router';
import { pipelineQuery, pipelinesQuery, useSavePipeline } from '@/api/pipelines';
import type { ModelOptions } from '@/api/types';
import { Icon } from '@/components/icon';
import { paths } from '@/lib/paths';
import { problemText } from '@/lib/problems/problem-text';
import { type Draft, draftSteps, pipelineOf, pipelineProblems, sandboxOf } from '../draft/draft';
import type { DraftAction } from '../draft/draft-reducer';
import { modelCallsDraft } from '../draft/model-calls';
import { requirementsText } from '../packages/requirement-lines';

/** The newest pipelines; the page of pipelines lists and searches all of them. */
const maxOffered = 8;

type SavePipelineProps = {
  draft: Draft;
  llm: ModelOptions | undefined;
  dispatch: Dispatch<DraftAction>;
};

/** Saves the pipeline of the draft, and opens a saved one in its place. */
export function SavePipeline({ draft, llm, dispatch }: SavePipelineProps) {
  const { savedAs } = draft;
  const save = useSavePipeline(savedAs?.id, ({ id, version }) => dispatch({ type: 'saved', id, version }));
  const incomplete = draft.name.trim() === '' || pipelineProblems(draft).length > 0;

  return (
    <Group gap={6} justify="flex-end">
      {save.error !== null && (
        <Text size="sm" c="var(--state-failed)" role="alert">
          {[problemText(save.error).title, ...problemText(save.error).details].join('. ')}
        </Text>
      )}
      {save.isSuccess && savedAs !== undefined && (
        <Text size="sm" className="quiet" role="status">
          Saved as version {savedAs.version}
        </Text>
      )}
      <SavedMenu dispatch={dispatch} />
      <Button
        variant="default"
        loading={save.isPending}
        disabled={incomplete}
        title={incomplete ? 'To save, name the pipeline and give each step a main script' : undefined}
        onClick={() => save.mutate({ ...pipelineOf(draft), ...(llm === undefined ? {} : { llm }) })}
      >
        {savedAs === undefined ? 'Save' : 'Save new version'}
      </Button>
    </Group>
  );
}

function SavedMenu({ dispatch }: { dispatch: Dispatch<DraftAction> }) {
  const queryClient = useQueryClient();
  const { data: pipelines, hasNextPage } = useInfiniteQuery(pipelinesQuery({ limit: maxOffered }));
  if (pipelines === undefined || pipelines.length === 0) {
    return null;
  }

  async function open(id: string) {
    const { name, steps, environment, llm, version } = await queryClient.fetchQuery(pipelineQuery(id));
    dispatch({
      type: 'steps replaced',
      name,
      steps: draftSteps(steps),
      packages: requirementsText(environment?.packages),
      ...sandboxOf(environment),
      modelCalls: modelCallsDraft(llm),
      savedAs: { id, version },
    });
  }

  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="chevron" size={12} />}>
          Open saved
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {pipelines.map((pipeline) => (
          <Menu.Item key={pipeline.id} onClick={() => open(pipeline.id)}>
            {pipeline.name}, version {pipeline.version}
          </Menu.Item>
        ))}
        {hasNextPage && (
          <>
            <Menu.Divider />
            <Menu.Item component={Link} to={paths.pipelines}>
              All saved pipelines
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
