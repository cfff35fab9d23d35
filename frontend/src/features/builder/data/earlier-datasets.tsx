import { Text, TextInput, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { datasetsQuery } from '@/api/datasets';
import { EmptyState } from '@/components/empty-state';
import { QuerySection } from '@/components/query-section';
import { formatCount } from '@/lib/format';
import classes from './earlier-datasets.module.css';

const mostShown = 50;

export function EarlierDatasets({ onChosen }: { onChosen: (id: string) => void }) {
  const query = useQuery(datasetsQuery());
  const [words, setWords] = useState('');
  return (
    <QuerySection name="The list of datasets" query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="Nothing was uploaded yet" />
        ) : (
          <>
            <TextInput
              aria-label="Search the datasets"
              placeholder="Search"
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <ul className={classes.list}>
              {items
                .filter((dataset) => dataset.name.toLowerCase().includes(words.toLowerCase()))
                .slice(0, mostShown)
                .map((dataset) => (
                  <li key={dataset.id}>
                    <UnstyledButton className={classes.choice} onClick={() => onChosen(dataset.id)}>
                      <span className="cut" dir="auto">
                        {dataset.name}
                      </span>
                      <Text span size="xs" className="quiet figures">
                        {formatCount(dataset.records, 'record')}
                      </Text>
                    </UnstyledButton>
                  </li>
                ))}
            </ul>
          </>
        )
      }
    </QuerySection>
  );
}
