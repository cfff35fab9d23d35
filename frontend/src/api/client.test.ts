import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { ProblemError, ServiceAwayError } from '@/lib/problem';
import { aRun } from '@/testing/builders';
import { server } from '@/testing/server';
import { client, dataOf } from './client';
import { serviceState } from './service-state';

function askForRun() {
  return dataOf(client.GET('/api/v1/runs/{id}', { params: { path: { id: 'r1' } } }));
}

test('keeps the whole problem of a refusal', async () => {
  const problem = {
    type: 'about:blank',
    title: 'There is no such run',
    status: 404,
    detail: 'It may have been deleted.',
    code: 'RUN_NOT_FOUND',
  };
  server.use(http.get('*/api/v1/runs/r1', () => HttpResponse.json(problem, { status: 404 })));

  const refusal = await askForRun().catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(ProblemError);
  expect((refusal as ProblemError).problem).toEqual(problem);
});

test('knows when the service is away, and when it is back', async () => {
  server.use(http.get('*/api/v1/runs/r1', () => HttpResponse.error()));
  await expect(askForRun()).rejects.toBeInstanceOf(ServiceAwayError);
  expect(serviceState.isAway()).toBe(true);

  server.use(http.get('*/api/v1/runs/r1', () => HttpResponse.json(aRun())));
  await askForRun();

  expect(serviceState.isAway()).toBe(false);
});
