import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { paths } from '@/lib/paths';
import { Timestamp } from '../timestamp';

type Other = { id: string; name: string; createdAt: string };

type SameContentProps = {
  /** The other datasets with the same content, oldest first. */
  others: Other[];
  /** What can be done with one of them. */
  children?: (other: Other) => ReactNode;
};

const shown = 5;

/** Names the other datasets with the same content; nothing where there are none. */
export function SameContent({ others, children }: SameContentProps) {
  if (others.length === 0) {
    return null;
  }
  return (
    <Text size="sm" component="div" my={4}>
      The same content was also uploaded as{' '}
      {others.slice(0, shown).map((other, at) => (
        <span key={other.id}>
          {at > 0 && ', '}
          <Anchor component={Link} to={paths.dataset(other.id)} size="sm" underline="always" dir="auto">
            {other.name}
          </Anchor>{' '}
          (<Timestamp at={other.createdAt} />){children !== undefined && <> {children(other)}</>}
        </span>
      ))}
      {others.length > shown && ' and others'}.
    </Text>
  );
}
