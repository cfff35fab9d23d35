import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { useReducer } from 'react';
import { expect, test } from 'vitest';
import { aPipelineSummary, aSavedPipeline } from '@/testing/builders';
import { pagedList } from '@/testing/paged';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { blankDraft, type Draft } from '../draft/draft';
import { draftReducer } from '../draft/draft-reducer';
import { SavePipeline } from './save-pipeline';

function Panel({ start }: { start: Draft }) {
  const [draft, dispatch] = useReducer(draftReducer, start);
  return (
    <>
      <SavePipeline draft={draft} llm={undefined} dispatch={dispatch} />
      <p>
        {draft.name}: {draft.steps.map((step) => step.name).join()}
      </p>
    </>
  );
}

function show(draft: Partial<Draft>, saved: unknown[] = []) {
  server.use(pagedList('*/api/v1/pipelines', saved));
  renderPage([{ path: '/', element: <Panel start={{ ...blankDraft(), ...draft }} /> }], '/');
}

test('cannot save a pipeline without a name, and says why', () => {
  show({ name: ' ' });

  const save = screen.getByRole('button', { name: 'Save' });
  expect(save).toBeDisabled();
  expect(save).toHaveAttribute('title', 'To save, name the pipeline and give each step a main script');
});

test('saves a new pipeline, then new versions of it', async () => {
  server.use(
    http.post('*/api/v1/pipelines', () => HttpResponse.json(aSavedPipeline(), { status: 201 })),
    http.put('*/api/v1/pipelines/:id', ({ params }) =>
      HttpResponse.json(aSavedPipeline({ id: String(params.id), version: 2 })),
    ),
  );
  show({ name: 'capitals' });

  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Saved as version 1')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Save new version' }));

  expect(await screen.findByText('Saved as version 2')).toBeInTheDocument();
});

test('shows why a pipeline was rejected', async () => {
  server.use(
    http.post('*/api/v1/pipelines', () =>
      HttpResponse.json(
        {
          type: 'about:blank',
          status: 422,
          title: 'The pipeline is invalid',
          errors: [{ pointer: '/steps/0/name', message: 'is too long' }],
        },
        { status: 422 },
      ),
    ),
  );
  show({ name: 'capitals' });

  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  expect(await screen.findByRole('alert')).toHaveTextContent(
    'The pipeline is invalid. step 1 name: is too long',
  );
});

test('opens a saved pipeline in place of the draft', async () => {
  server.use(http.get('*/api/v1/pipelines/:id', () => HttpResponse.json(aSavedPipeline({ name: 'saved' }))));
  show({ name: 'draft' }, [aPipelineSummary({ name: 'saved', version: 1 })]);

  await userEvent.click(await screen.findByRole('button', { name: 'Open saved' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'saved, version 1' }));

  expect(await screen.findByText('saved: check')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Save new version' })).toBeEnabled();
});
