import { Button, Group } from '@mantine/core';

type PageButtonsProps = {
  isFirst: boolean;
  nextCursor: string | null | undefined;
  /** Goes to the page with this cursor, without one to the first page. */
  onGo: (page: { cursor?: string }) => void;
};

/** Leads through a list whose pages are told by cursors. */
export function PageButtons({ isFirst, nextCursor, onGo }: PageButtonsProps) {
  return (
    <Group mt="sm" justify="center">
      {!isFirst && (
        <Button variant="default" onClick={() => onGo({})}>
          First page
        </Button>
      )}
      {nextCursor != null && (
        <Button variant="default" onClick={() => onGo({ cursor: nextCursor })}>
          Next page
        </Button>
      )}
    </Group>
  );
}
