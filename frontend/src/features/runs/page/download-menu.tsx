import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { type CsvChoices, resultsAddress } from '@/api/runs';
import { Icon } from '@/components/icon';

const downloads = [
  { view: 'final', format: 'json', label: 'Final values, JSON' },
  { view: 'final', format: 'ndjson', label: 'Final values, NDJSON' },
  { view: 'final', format: 'csv', label: 'Final values, CSV' },
  { view: 'states', format: 'json', label: 'All stages, JSON' },
  { view: 'states', format: 'ndjson', label: 'All stages, NDJSON' },
  { view: 'states', format: 'csv', label: 'All stages, CSV' },
] as const;

const choices: { name: keyof CsvChoices; label: string }[] = [
  { name: 'isForExcel', label: 'Add a byte order mark, for Excel' },
  { name: 'namesNull', label: 'Write NULL for null' },
  { name: 'keepsFormulas', label: 'Do not guard against formulas' },
];

/** Downloads of the results. The options for CSV change the links for CSV only. */
export function DownloadMenu({ id }: { id: string }) {
  const [csv, setCsv] = useState<CsvChoices>({ isForExcel: false, namesNull: false, keepsFormulas: false });
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="chevron" size={12} />}>
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {downloads.map(({ view, format, label }) => (
          <Menu.Item
            key={label}
            component="a"
            href={resultsAddress(id, format, view, csv)}
            download={`${id}-${view}.${format}`}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label c="var(--text-quiet)">Options for CSV</Menu.Label>
        {choices.map(({ name, label }) => (
          <Menu.CheckboxItem
            key={name}
            checked={csv[name]}
            onChange={(checked) => setCsv((chosen) => ({ ...chosen, [name]: checked }))}
          >
            {label}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
