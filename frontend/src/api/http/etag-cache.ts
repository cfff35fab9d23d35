/** Answers with an ETag, to be reused while the service says that nothing has changed. */
type Kept = { tag: string; body: string; headers: Headers };

/** Enough for the one or two runs that are watched at a time. */
const maxKept = 4;
const kept = new Map<string, Kept>();

/**
 * Sends the ETag of the last answer to the same request, and returns that answer again when the service responds 304.
 * The HTTP cache of the browser cannot be used, because it must not store people's data.
 */
export async function fetchWithEtag(request: Request): Promise<Response> {
  if (request.method !== 'GET') {
    return fetch(request);
  }
  const last = kept.get(request.url);
  if (last !== undefined) {
    request.headers.set('If-None-Match', last.tag);
  }
  const response = await fetch(request);
  if (response.status === 304 && last !== undefined) {
    return new Response(last.body, { status: 200, headers: last.headers });
  }
  const tag = response.headers.get('ETag');
  if (response.ok && tag !== null) {
    keep(request.url, { tag, body: await response.clone().text(), headers: response.headers });
  }
  return response;
}

function keep(url: string, answer: Kept) {
  kept.delete(url);
  kept.set(url, answer);
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - maxKept))) {
    kept.delete(oldest);
  }
}
