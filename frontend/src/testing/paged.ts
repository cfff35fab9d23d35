import { HttpResponse, http } from 'msw';

/** Serves a list as the service does: what `q` finds, `limit` items per page, and the cursor of the next page. */
export function pagedList(path: string, all: unknown[]) {
  return http.get(path, ({ request }) => {
    const { searchParams } = new URL(request.url);
    const text = (searchParams.get('q') ?? '').toLowerCase();
    const items = all.filter((item) => JSON.stringify(item).toLowerCase().includes(text));
    const from = Number(searchParams.get('cursor') ?? 0);
    const to = from + Number(searchParams.get('limit') ?? 50);
    return HttpResponse.json({
      items: items.slice(from, to),
      nextCursor: to < items.length ? String(to) : null,
    });
  });
}
