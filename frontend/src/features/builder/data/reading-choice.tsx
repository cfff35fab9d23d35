import { Button, NativeSelect, Stack } from '@mantine/core';
import type { ReadAs } from '@/api/http/upload';
import type { Dataset } from '@/api/types';
import { separatorName, usualSeparators } from '@/lib/dataset-format';
import { formatNumber } from '@/lib/format';

type ReadingChoiceProps = { dataset: Dataset; onReadAs: (readAs: ReadAs) => void };

/** Other ways to read the file that was just uploaded: a list inside of it, another separator, another sheet. */
export function ReadingChoice({ dataset, onReadAs }: ReadingChoiceProps) {
  const { recordLists, separator, sheet, sheets } = dataset;
  if (recordLists.length === 0 && separator == null && sheets.length < 2) {
    return null;
  }
  return (
    <Stack gap={6} align="flex-start">
      {recordLists.map(({ path, records }) => (
        <Button key={path} variant="default" onClick={() => onReadAs({ records: path })}>
          Use the {formatNumber(records)} records in {path}
        </Button>
      ))}
      {separator != null && (
        <NativeSelect
          label="Columns are separated by"
          value={separator}
          onChange={(event) => onReadAs({ separator: event.currentTarget.value })}
          data={[...new Set([...usualSeparators, separator])].map((value) => ({
            value,
            label: separatorName(value),
          }))}
        />
      )}
      {sheets.length > 1 && (
        <NativeSelect
          label="Sheet"
          value={sheet ?? ''}
          onChange={(event) => onReadAs({ sheet: event.currentTarget.value })}
          data={sheets}
        />
      )}
    </Stack>
  );
}
