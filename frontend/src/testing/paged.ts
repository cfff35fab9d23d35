import { HttpResponse, http } from 'msw';

/** Answers a list as the service does: `limit` items per page, and where the next one begins. */
export function pagedList(path: string, items: unknown[]) {
  return http.get(path, ({ request }) => {
    const { searchParams } = new URL(request.url);
    const from = Number(searchParams.get('cursor') ?? 0);
    const to = from + Number(searchParams.get('limit') ?? 50);
    return HttpResponse.json({
      items: items.slice(from, to),
      nextCursor: to < items.length ? String(to) : null,
    });
  });
}
