import { expect, type Page, test } from '@playwright/test';
import { problemsInVariants, problemsOf } from './appearance';
import { uploadRecords } from './service';

/**
 * Model calls, with the stand-in of examples/capitals-model as the upstream. It judges sentences such as "The capital of
 * Italy is Rome." and fills in booleans and texts.
 */

const capitals = [
  ['Italy', 'Rome'],
  ['Kenya', 'Nairobi'],
  ['Peru', 'Lima'],
  ['Japan', 'Kyoto'],
];

const records = Array.from({ length: 40 }, (_, id) => {
  const [country, capital] = capitals[id % capitals.length] ?? [];
  return { id, country, capital };
});

test.beforeAll(async ({ request }) => {
  const upstreams = await (await request.get('/api/v1/llm/upstreams')).json();
  expect(upstreams.items, 'The service needs an upstream: start it by bin/up --model-demo.').toHaveLength(1);
});

test('a user asks a model about every record, runs out of money and goes on', async ({ page, request }) => {
  // Checks four pages in every variant.
  test.slow();
  const problems = problemsOf(page);
  const dataset = await uploadRecords(request, 'claims.json', records);
  await page.goto(`/new?dataset=${dataset}`);

  await test.step('writes a prompt, and sees what the model will be asked', async () => {
    await page.getByRole('button', { name: 'Add prompt step' }).click();
    await page.getByRole('textbox', { name: 'Prompt of ask', exact: true }).click();
    await page.keyboard.type('The capital of {{coun');
    await page.getByRole('option', { name: 'country' }).click();
    await page.keyboard.type(' is {{capital}}.');
    await expect(page.getByRole('region', { name: 'Preview of the prompt' })).toContainText(
      'The capital of Italy is Rome.',
    );
  });

  await test.step('asks for fields with types', async () => {
    await page.getByText('Several fields').click();
    await field(page, 1, 'is_true', 'True or false');
    await page.getByRole('button', { name: 'Add field' }).click();
    await field(page, 2, 'reason', 'Text');
    await expect(page.getByRole('textbox', { name: 'main script of ask', exact: true })).toContainText(
      'from datapipeline import chat',
    );
  });

  await test.step('tries it and sees what it costs', async () => {
    await page.getByLabel('Max output tokens').fill('100');
    await page.keyboard.press('Control+Enter');
    const trial = page.getByRole('region', { name: 'Try it' });
    await expect(trial.getByRole('article', { name: 'Record 0' })).toContainText('is_true');
    await expect(trial.getByRole('article', { name: 'Record 0' })).toContainText('1 call, $0.0');
    await expect(trial).toContainText(
      /3 model calls, .* tokens, \$0\.\d+: about \$0\.\d+(?: to \$0\.\d+)? for 40 records/,
    );
    problems.push(...(await problemsInVariants(page, 'prompt-step')));
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step('is paused when the budget is used up', async () => {
    await page.getByLabel('Budget, in dollars').fill('0.02');
    await page.getByRole('button', { name: 'Run 40 records' }).click();
    await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
    await expect(
      page.getByRole('region', { name: 'Progress' }).getByText('Paused', { exact: true }),
    ).toBeVisible();
    await expect(page.getByRole('region', { name: 'Cost of model calls' })).toContainText('of $0.02');
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
    problems.push(...(await problemsInVariants(page, 'paused-run')));
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step('resumes it with more', async () => {
    await page.getByRole('button', { name: 'Resume' }).click();
    const budget = page.getByLabel('New budget, in dollars');
    await expect(budget).toBeFocused();
    await budget.fill('0.001');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toContainText('Enter more than');
    await budget.fill('1');
    problems.push(...(await problemsInVariants(page, 'resume-dialog')));
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: 'Resume with $1.00' }).click();
    await expect(page.getByTestId('count-SUCCEEDED')).toContainText('40');
    await expect(page).toHaveTitle(/^Succeeded/);
  });

  await test.step('sees where the money went', async () => {
    await page.getByRole('link', { name: /^Model calls/ }).click();
    await expect(page.getByRole('table', { name: 'By step and model' })).toContainText('ask · main');
    await expect(page.getByRole('region', { name: 'Most expensive' })).toContainText('record');
    problems.push(...(await problemsInVariants(page, 'model-calls')));
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByLabel('Calls of record').fill('3');
    await page
      .getByRole('table', { name: 'Calls' })
      .getByRole('link', { name: 'record 3', exact: true })
      .first()
      .click();
    const calls = page.getByRole('dialog').getByRole('region', { name: /^Model calls/ });
    await expect(calls).toContainText('Succeeded');
    await expect(page.getByRole('dialog')).toContainText('The capital of Japan is Tokyo.');
    await page.keyboard.press('Escape');
  });

  await test.step('runs it again with the same models and budget', async () => {
    await page.getByRole('link', { name: 'Run again' }).click();
    await expect(page.getByLabel('Budget, in dollars')).toHaveValue(/^1(\.0+)?$/);
    await expect(page.getByLabel('Max output tokens')).toHaveValue('100');
    await expect(page.getByRole('textbox', { name: 'Prompt of ask', exact: true })).toContainText(
      '{{country}}',
    );
  });

  expect(problems).toEqual([]);
});

async function field(page: Page, number: number, name: string, type: string) {
  const row = page.getByRole('group', { name: `Field ${number} of the answer` });
  await row.getByLabel('Name').fill(name);
  await row.getByLabel('Type').selectOption(type);
}
