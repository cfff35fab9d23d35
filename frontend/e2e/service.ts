import { type APIRequestContext, expect } from '@playwright/test';

/** Requests that prepare the service where the page itself is not what is tested. */

type PipelineSource = { name: string; main: string };

export async function uploadRecords(
  request: APIRequestContext,
  name: string,
  records: unknown[],
): Promise<string> {
  const answer = await request.post(`/api/v1/datasets?name=${encodeURIComponent(name)}`, { data: records });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()).id;
}

export async function startRun(
  request: APIRequestContext,
  datasetId: string,
  { name, main }: PipelineSource,
  batchSize = 10,
): Promise<string> {
  const pipeline = { name, steps: [{ name: 'only', main: { name: 'main.py', source: main } }] };
  const answer = await request.post('/api/v1/runs', { data: { datasetId, pipeline, batchSize } });
  expect(answer.status(), await answer.text()).toBe(202);
  return (await answer.json()).id;
}

export async function finishedRun(
  request: APIRequestContext,
  datasetId: string,
  pipeline: PipelineSource,
  batchSize = 10,
): Promise<string> {
  const id = await startRun(request, datasetId, pipeline, batchSize);
  await expect
    .poll(async () => (await (await request.get(`/api/v1/runs/${id}`)).json()).status, { timeout: 60_000 })
    .not.toMatch(/QUEUED|RUNNING/);
  return id;
}
