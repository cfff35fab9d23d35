import { type APIRequestContext, expect, test } from '@playwright/test';

// A chunk in an import cycle runs before what it needs is defined, and the page reloads forever.
test('no chunk imports itself through others', async ({ request }) => {
  const parts = await partsOfThePage(request);

  expect(parts.size).toBeGreaterThan(10);
  for (const part of parts.keys()) {
    expect(neededBy(part, parts), part).not.toContain(part);
  }
});

/** Each chunk of the page with the chunks that it imports when it starts. */
async function partsOfThePage(request: APIRequestContext): Promise<Map<string, string[]>> {
  const page = await (await request.get('/')).text();
  const waiting = namesIn(page, /\/assets\/([^"]+\.js)/g);
  const parts = new Map<string, string[]>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (parts.has(name)) {
      continue;
    }
    const code = await (await request.get(`/assets/${name}`)).text();
    parts.set(name, namesIn(code, /(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g));
    waiting.push(...namesIn(code, /["'`]\.\/([\w.-]+\.js)["'`]/g));
  }
  return parts;
}

function neededBy(part: string, parts: Map<string, string[]>): Set<string> {
  const found = new Set<string>();
  const waiting = [...(parts.get(part) ?? [])];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (!found.has(name)) {
      found.add(name);
      waiting.push(...(parts.get(name) ?? []));
    }
  }
  return found;
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}
