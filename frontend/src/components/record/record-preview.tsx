import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { JsonObject } from '@/lib/values/exact-json';
import { JsonTree } from '../json/json-tree';
import { ValueTable } from './value-table';

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
        <JsonTree value={records} label="Records as JSON" name="records" />
      )}
    </div>
  );
}
