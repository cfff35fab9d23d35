import { Text, UnstyledButton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { datasetsQuery } from '@/api/datasets';
import { EmptyState } from '@/components/feedback/empty-state';
import { SearchableList } from '@/components/input/searchable-list';
import { Timestamp } from '@/components/timestamp';
import { formatCount } from '@/lib/format';
import classes from './uploaded-datasets.module.css';

const datasetsPerStep = 50;

/** The datasets that were uploaded before, to choose from. */
export function UploadedDatasets({ onChosen }: { onChosen: (id: string) => void }) {
  const [searchText, setSearchText] = useState('');
  const query = useInfiniteQuery(
    datasetsQuery({ limit: datasetsPerStep, ...(searchText === '' ? {} : { q: searchText }) }),
  );
  return (
    <SearchableList
      noun="datasets"
      query={query}
      empty={<EmptyState title="No datasets yet">Upload a file or paste records first.</EmptyState>}
      searchText={searchText}
      onSearchText={setSearchText}
    >
      {(datasets) => (
        <ul className={classes.list}>
          {datasets.map((dataset) => (
            <li key={dataset.id}>
              <UnstyledButton className={classes.choice} onClick={() => onChosen(dataset.id)}>
                <span className={classes.name}>
                  <span className="cut" dir="auto">
                    {dataset.name}
                  </span>
                  <Text span size="xs" className="quiet">
                    <Timestamp at={dataset.createdAt} />
                    {dataset.sameContent > 0 &&
                      `, same content as ${formatCount(dataset.sameContent, 'other')}`}
                  </Text>
                </span>
                <Text span size="xs" className="quiet figures">
                  {formatCount(dataset.records, 'record')}
                </Text>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </SearchableList>
  );
}
