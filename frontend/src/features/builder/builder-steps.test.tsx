import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { server } from '@/testing/server';
import { dataset, renderBuilder, withOneDataset } from './builder-fixture';

withOneDataset();

test('shows a problem of a script at its line and prevents the run', async () => {
  server.use(
    http.post('*/api/v1/scripts/check', () =>
      HttpResponse.json({
        valid: false,
        problems: [
          { line: 4, column: 5, severity: 'error', message: 'invalid syntax', code: 'SCRIPT_SYNTAX' },
        ],
      }),
    ),
  );
  renderBuilder(`/new?dataset=${dataset.id}`);

  expect(await screen.findByText('1 error')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Run 100 records' }));

  expect(screen.getByRole('alert')).toHaveTextContent('main.py of step_1, line 4: invalid syntax');
});

test('adds, moves, removes and restores steps', async () => {
  const { user, stepNames } = {
    user: userEvent.setup(),
    stepNames: () => screen.getAllByRole('article').map((card) => card.getAttribute('aria-label')),
  };
  renderBuilder('/new');
  await user.click(await screen.findByRole('button', { name: 'Add step' }));
  expect(stepNames()).toEqual(['Step 1, step_1', 'Step 2, step_2']);

  await user.click(screen.getAllByRole('button', { name: 'Move the step down' })[0] as HTMLElement);
  expect(stepNames()).toEqual(['Step 1, step_2', 'Step 2, step_1']);

  await user.click(screen.getAllByRole('button', { name: 'Remove the step' })[0] as HTMLElement);
  expect(stepNames()).toEqual(['Step 1, step_1']);

  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(stepNames()).toEqual(['Step 1, step_2', 'Step 2, step_1']);
});

test('rejects a script file that is not UTF-8 and keeps the script', async () => {
  renderBuilder('/new');
  const edit = await screen.findByRole('button', { name: /^(Edit|Close) the main script of step_1$/ });
  const input = edit.parentElement?.querySelector('input[type=file]');

  await userEvent.upload(
    input as HTMLInputElement,
    new File([new Uint8Array([0x23, 0xe9, 0x0a])], 'latin.py'),
  );

  expect(await screen.findByRole('alert')).toHaveTextContent(
    'latin.py is not UTF-8 (line 1). Save it as UTF-8',
  );
  expect(screen.queryByTitle('latin.py')).not.toBeInTheDocument();

  await userEvent.upload(
    input as HTMLInputElement,
    new File(['def transform(r):\n    return r\n'], 'good.py'),
  );

  expect(await screen.findByTitle('good.py')).toBeInTheDocument();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});
