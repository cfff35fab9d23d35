import type { CSSProperties } from 'react';
import type { ColumnWidths } from '../columns/use-column-choice';
import type { RecordColumns } from './record-columns';

/** In pixels. */
const indexWidth = 80;
const stateWidth = 116;
const reasonWidth = 220;
const leastWidth = 118;
export const narrowest = 60;
export const widest = 1200;

export type ColumnLayout = {
  /** For the table: the widths of all columns. */
  table: CSSProperties;
  /** For a cell of the column at a position: where it stays when it is pinned. */
  cell: (at: number) => CSSProperties | undefined;
  state: CSSProperties;
};

/** Where the columns are. Pinned ones have a fixed width, because those after them stay at its end. */
export function columnLayout({ shown, pinned, reasonAt }: RecordColumns, widths: ColumnWidths): ColumnLayout {
  const widthOf = (at: number) => widths[shown[at]?.name ?? ''];
  const fields = shown.map((_, at) => widthOf(at) ?? leastWidth);
  const tracks = shown.map((_, at) => {
    const width = widthOf(at);
    return width === undefined && at >= pinned ? `minmax(${leastWidth}px, 1fr)` : `${width ?? leastWidth}px`;
  });
  const reason = reasonAt === undefined ? [] : [`minmax(${reasonWidth}px, 1fr)`];
  const all = [
    `${indexWidth}px`,
    `${stateWidth}px`,
    ...tracks.slice(0, reasonAt ?? 0),
    ...reason,
    ...tracks.slice(reasonAt ?? 0),
    // Something must take the room that is left.
    ...([...tracks, ...reason].some((track) => track.startsWith('minmax')) ? [] : ['1fr']),
  ];
  const starts = [indexWidth + stateWidth];
  for (const width of fields) {
    starts.push((starts.at(-1) ?? 0) + width);
  }
  return {
    table: {
      '--columns': all.join(' '),
      minWidth: (starts.at(-1) ?? 0) + (reasonAt === undefined ? 0 : reasonWidth),
    } as CSSProperties,
    cell: (at) => (at < pinned ? { left: starts[at] } : undefined),
    state: { left: indexWidth },
  };
}
