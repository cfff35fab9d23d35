import { EditorView } from '@codemirror/view';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { useReducer } from 'react';
import { expect, test, vi } from 'vitest';
import type { Environment } from '@/api/types';
import { aBuild, anEnvironment } from '@/testing/environment-builders';
import { renderPart } from '@/testing/render-part';
import { server } from '@/testing/server';
import { blankDraft, type Draft, newStep } from '../draft/draft';
import { draftReducer } from '../draft/draft-reducer';
import { PackagesSection } from './packages-section';
import { useDraftEnvironment } from './use-draft-environment';

type SectionProps = { packages?: string; source?: string };

function Section({ packages = '', source = 'x = 1' }: SectionProps) {
  const [draft, dispatch] = useReducer(draftReducer, { packages, source }, draftWith);
  return (
    <>
      <PackagesSection draft={draft} packages={useDraftEnvironment(draft)} dispatch={dispatch} />
      <output aria-label="text">{draft.packages}</output>
      <output aria-label="memory">{draft.memory}</output>
    </>
  );
}

function draftWith({ packages, source }: Required<SectionProps>): Draft {
  return { ...blankDraft(), packages, steps: [newStep([], { main: { name: 'clean.py', source } })] };
}

/** Answers with the given states of one environment in turn, and returns what was asked for. */
function serve(...answers: Environment[]) {
  const asked: unknown[] = [];
  server.use(
    http.post('*/api/v1/environments', async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json(answers[0], { status: 202 });
    }),
    http.get('*/api/v1/environments/:id', () =>
      HttpResponse.json(answers.length > 1 ? answers.shift() : answers[0]),
    ),
    http.get('*/api/v1/environments/:id/log', ({ request }) => {
      const from = Number(new URL(request.url).searchParams.get('from'));
      return HttpResponse.json({
        text: from === 0 ? 'fetching pandas\n' : 'fetching numpy\n',
        next: 1,
        isFinal: from > 0,
      });
    }),
  );
  return asked;
}

const section = () => screen.getByRole('region', { name: 'Packages' });

test('asks for nothing while no packages are named', async () => {
  renderPart(<Section />);

  expect(section()).toHaveTextContent('The scripts use the standard library only.');
  await userEvent.click(screen.getByRole('button', { name: 'Add packages' }));

  expect(await screen.findByRole('textbox', { name: 'Packages, one per line' })).toBeInTheDocument();
});

test('resolves what is typed after a pause, and shows what it means', async () => {
  const asked = serve(anEnvironment({ warnings: ['libGL.so.1 is missing'] }));
  renderPart(<Section packages="# data" source="import pandas" />);

  await userEvent.click(await screen.findByRole('textbox', { name: 'Packages, one per line' }));
  await userEvent.paste('pandas>=2\n');

  await userEvent.click(await screen.findByRole('button', { name: '2 packages, 48 MB' }));
  expect(asked).toEqual([{ packages: ['pandas>=2'], scripts: [] }]);
  expect(await screen.findByText('Environment ready, built in 4.6 s')).toBeInTheDocument();
  expect(screen.getByRole('row', { name: 'numpy 2.0.1 18 MB pandas' })).toBeInTheDocument();
  expect(section()).toHaveTextContent('1 warning');
  expect(section()).toHaveTextContent('libGL.so.1 is missing');
});

test('a line is looked up when the cursor leaves it, because half of it may name another package', async () => {
  const asked = serve(anEnvironment());
  renderPart(<Section packages={'numpy\n'} />);
  const editor = await screen.findByRole('textbox', { name: 'Packages, one per line' });
  await waitFor(() => expect(asked).toHaveLength(1));

  vi.useFakeTimers({ shouldAdvanceTime: true });
  act(() => editor.focus());
  typeAtEnd(editor, 'panda');
  expect(await screen.findByText('Line 2 is looked up when the cursor leaves it')).toBeInTheDocument();
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  expect(asked).toHaveLength(1);

  typeAtEnd(editor, 's');
  act(() => editor.blur());

  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toEqual({ packages: ['numpy', 'pandas'], scripts: [] });
});

function typeAtEnd(editor: HTMLElement, insert: string) {
  const view = EditorView.findFromDOM(editor) as EditorView;
  const from = view.state.doc.length;
  const anchor = from + insert.length;
  act(() => view.dispatch({ changes: { from, insert }, selection: { anchor }, userEvent: 'input.type' }));
}

test('shows the build while it goes on, with its log on demand', async () => {
  serve(aBuild(), aBuild(), anEnvironment());
  renderPart(<Section packages="pandas" />);

  expect(await screen.findByText('Building')).toBeInTheDocument();
  expect(screen.getByRole('list', { name: 'Steps of the build' })).toHaveTextContent('Fetch31 of 48 MB');
  await userEvent.click(screen.getByRole('button', { name: 'Show the log' }));
  expect(await screen.findByRole('log')).toHaveTextContent('fetching pandas');

  expect(await screen.findByText(/^Environment ready/)).toBeInTheDocument();
  expect(screen.queryByRole('list', { name: 'Steps of the build' })).not.toBeInTheDocument();
});

test('reads the log on from where it ended', async () => {
  serve(aBuild());
  renderPart(<Section packages="pandas" />);

  await userEvent.click(await screen.findByRole('button', { name: 'Show the log' }));

  await waitFor(() => expect(screen.getByRole('log')).toHaveTextContent('fetching pandas fetching numpy'));
});

test('an error of a line is shown at its line and column', async () => {
  const errors = [{ pointer: '/packages/0', message: 'line 1, column 7: an address is not allowed' }];
  server.use(
    http.post('*/api/v1/environments', () =>
      HttpResponse.json(
        { title: 'Invalid packages', status: 400, code: 'PACKAGES_INVALID', errors },
        { status: 400 },
      ),
    ),
  );
  renderPart(<Section packages={'# data\nlocal @ https://example.org/x.whl'} />);

  expect(await screen.findByRole('list', { name: 'Problems of the packages' })).toHaveTextContent(
    'Line 2, column 7: an address is not allowed',
  );
});

test('says why the packages cannot be installed', async () => {
  const error = { code: 'PACKAGE_NOT_FOUND', message: 'No index has pandsa. Did you mean pandas?' };
  serve(aBuild({ status: 'FAILED', packages: [], error }));
  renderPart(<Section packages="pandsa" />);

  expect(await screen.findByRole('alert')).toHaveTextContent('A package was not found');
  expect(screen.getByRole('alert')).toHaveTextContent('Did you mean pandas?');
});

test('a failed build is tried again on demand', async () => {
  const error = { code: 'PACKAGE_NOT_FOUND', message: 'No index has mine.' };
  const failed = aBuild({ id: 'e1', status: 'FAILED', packages: [], error });
  let current = failed;
  let askedAnew: unknown;
  server.use(
    http.post('*/api/v1/environments', async ({ request }) => {
      const body = (await request.json()) as { update?: boolean };
      if (body.update) {
        askedAnew = body;
        current = anEnvironment({ id: 'e2' });
      }
      return HttpResponse.json(current, { status: 202 });
    }),
    http.get('*/api/v1/environments/:id', ({ params }) =>
      HttpResponse.json(params.id === 'e1' ? failed : current),
    ),
  );
  const block = '# /// script\n# requires-python = ">=3.11"\n# ///';
  renderPart(<Section packages="mine" source={`${block}\nimport mine\n`} />);

  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));

  expect(await screen.findByText(/^Environment ready/)).toBeInTheDocument();
  expect(askedAnew).toEqual({
    packages: ['mine'],
    scripts: [{ name: 'clean.py', source: block }],
    update: true,
  });
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('says what a build waits for', async () => {
  serve(aBuild({ waitsFor: 'INDEX', waitsReason: 'index.example answered 503' }));
  renderPart(<Section packages="pandas" />);

  expect(await screen.findByText(/The package index does not respond/)).toHaveTextContent('503');
});

test('adds the package of an import by one click', async () => {
  serve(anEnvironment());
  renderPart(<Section source="import yaml" />);

  const offer = screen.getByRole('group', { name: 'Package of yaml' });
  expect(offer).toHaveTextContent('import yaml in clean.py needs PyYAML.');
  await userEvent.click(within(offer).getByRole('button', { name: 'Add PyYAML' }));

  expect(screen.getByLabelText('text')).toHaveTextContent('PyYAML');
  expect(screen.queryByRole('group', { name: 'Package of yaml' })).not.toBeInTheDocument();
});

test('a package that comes with another one is not offered', async () => {
  serve(anEnvironment());
  renderPart(<Section packages="pandas" source={'import numpy\nimport pandas'} />);

  expect(screen.getByRole('group', { name: 'Package of numpy' })).toBeInTheDocument();
  await waitFor(() =>
    expect(screen.queryByRole('group', { name: 'Package of numpy' })).not.toBeInTheDocument(),
  );
});

test('shows the packages that a script names itself', async () => {
  const source = '# /// script\n# dependencies = ["rich>=13"]\n# ///\nimport rich\n';
  const declared = [{ requirement: 'rich>=13', from: 'script clean.py' }];
  const asked = serve(anEnvironment({ declared }));
  renderPart(<Section source={source} />);

  expect(await screen.findByRole('list', { name: 'Packages that scripts name' })).toHaveTextContent(
    'rich>=13 from the block of clean.py',
  );
  expect(asked).toEqual([
    { packages: [], scripts: [{ name: 'clean.py', source: source.slice(0, source.indexOf('\nimport')) }] },
  ]);
  expect(screen.queryByRole('group', { name: 'Package of rich' })).not.toBeInTheDocument();
});

test('packages that nobody imports are told apart', async () => {
  serve(anEnvironment());
  renderPart(<Section packages="pandas" source="x = 1" />);

  await userEvent.click(await screen.findByRole('button', { name: '2 packages, 48 MB' }));

  expect(screen.getByRole('row', { name: /^pandas/ })).toHaveTextContent('imported by no script');
});

test('an image can be chosen where there are several, and is asked for with the packages', async () => {
  const asked = serve(anEnvironment({ image: 'geo' }));
  server.use(
    http.get('*/api/v1/images', () =>
      HttpResponse.json({
        items: [
          { name: 'default', isDefault: true },
          { name: 'geo', isDefault: false },
        ],
      }),
    ),
  );
  renderPart(<Section packages="pandas" />);

  await userEvent.selectOptions(await screen.findByLabelText('Image'), 'geo');

  await waitFor(() => expect(asked.at(-1)).toEqual({ packages: ['pandas'], scripts: [], image: 'geo' }));
});

test('one image is no choice', async () => {
  serve(anEnvironment());
  renderPart(<Section packages="pandas" />);

  await waitFor(() => expect(section()).toHaveTextContent('pandas'));
  expect(screen.queryByLabelText('Image')).not.toBeInTheDocument();
});

test('the memory of a sandbox can be named, and taken back', async () => {
  serve(anEnvironment());
  renderPart(<Section packages="pandas" />);
  const memory = screen.getByLabelText('Memory of a sandbox in MB');

  await userEvent.type(memory, '1024');
  expect(screen.getByLabelText('memory')).toHaveTextContent('1024');

  await userEvent.clear(memory);
  expect(screen.getByLabelText('memory')).toBeEmptyDOMElement();
});
