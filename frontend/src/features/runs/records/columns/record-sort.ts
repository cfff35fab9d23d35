/** The column by which a table of records is sorted. */
export type RecordSort = {
  /** As the service names it: a field, or `_index`, `_status` or `_error`. */
  by: string;
  isDescending: boolean;
};

const reserved = /^_+(index|status|error)$/;

export function recordSortOf(search: URLSearchParams): RecordSort | undefined {
  const by = search.get('sort');
  return by === null ? undefined : { by, isDescending: search.get('order') === 'desc' };
}

/** How it stands in the address. */
export function sortParams(sort: RecordSort | undefined): { sort?: string; order?: string } {
  return sort === undefined ? {} : { sort: sort.by, ...(sort.isDescending ? { order: 'desc' } : {}) };
}

/** The name of a field in a sort: one that would be taken for a column of the table has one underscore more. */
export function sortNameOf(field: string): string {
  return reserved.test(field) ? `_${field}` : field;
}

/** A click sorts upwards, the next one downwards, the third one not at all. */
export function sortAfterClick(sort: RecordSort | undefined, by: string): RecordSort | undefined {
  if (sort?.by !== by) {
    return { by, isDescending: false };
  }
  return sort.isDescending ? undefined : { by, isDescending: true };
}
