import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { JsonObject } from '@/lib/values/exact-json';
import classes from './record-preview.module.css';
import { ValueTable } from './value-table';
import { ValueText } from './value-text';

/** Records as a table or as JSON. */
export function RecordPreview({ records, firstIndex = 0 }: { records: JsonObject[]; firstIndex?: number }) {
  const [view, setView] = useState('table');
  return (
    <div>
      <SegmentedControl
        aria-label="Show the records as"
        value={view}
        onChange={setView}
        mb={6}
        data={[
          { value: 'table', label: 'Table' },
          { value: 'json', label: 'JSON' },
        ]}
      />
      {view === 'table' ? (
        <ValueTable records={records} firstIndex={firstIndex} />
      ) : (
        <section className={classes.json} aria-label="Records as JSON" tabIndex={0}>
          <ValueText value={records} />
        </section>
      )}
    </div>
  );
}
