import { HttpResponse, http } from 'msw';

/** Serves a list as the service does: `limit` items per page, and the cursor of the next page. */
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
