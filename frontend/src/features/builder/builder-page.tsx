import { Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { QuerySection } from '@/components/feedback/query-section';
import { Builder } from './builder';
import { deepLinkOf } from './draft/deep-link';
import { removeDraft } from './draft/draft-storage';
import { draftKey, initialDraftQuery } from './draft/initial-draft';
import type { Origin } from './run/use-retry';

export function BuilderPage() {
  const [search] = useSearchParams();
  const [attempt, setAttempt] = useState(0);
  const query = useQuery(initialDraftQuery(useQueryClient(), search, attempt));
  const key = draftKey(search);

  return (
    <>
      <title>New run · Data Pipeline</title>
      <QuerySection name="The new run" query={query}>
        {(start) => (
          <Builder
            key={`${key} ${attempt}`}
            start={start.draft}
            storageKey={key}
            deepLink={deepLinkOf(search)}
            origin={originOf(search)}
            notice={
              start.restored && (
                <Group gap="xs">
                  <Text size="sm" className="quiet">
                    Your unsaved draft was restored.
                  </Text>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    onClick={() => {
                      removeDraft(key);
                      setAttempt(attempt + 1);
                    }}
                  >
                    Discard draft
                  </Button>
                </Group>
              )
            }
          />
        )}
      </QuerySection>
    </>
  );
}

function originOf(search: URLSearchParams): Origin | undefined {
  const run = search.get('from');
  return run === null ? undefined : { run, cause: search.get('cause') ?? undefined };
}
