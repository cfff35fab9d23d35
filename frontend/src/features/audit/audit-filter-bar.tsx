import { Button, Group, NativeSelect } from '@mantine/core';
import { DayInput } from '@/components/input/day-input';
import classes from '@/components/list/filter-bar.module.css';
import { SearchField } from '@/components/list/search-field';
import { isFiltered, outcomes } from './audit-filter';

type AuditFilterBarProps = {
  search: URLSearchParams;
  onChange: (changes: Record<string, string | undefined>) => void;
  onClear: () => void;
};

/** The filters of the audit log. All of them stand in the address. */
export function AuditFilterBar({ search, onChange, onClear }: AuditFilterBarProps) {
  const value = (name: string) => search.get(name) ?? '';
  return (
    <Group gap="xs" mb="xs" align="end" role="search" className={classes.bar}>
      <SearchField
        label="Operation"
        placeholder="Operation, such as delete"
        value={value('operation')}
        onSearch={(operation) => onChange({ operation })}
      />
      <SearchField
        label="User"
        placeholder="User"
        value={value('who')}
        onSearch={(who) => onChange({ who })}
      />
      <SearchField
        label="Target"
        placeholder="Id or name of the target"
        value={value('target')}
        onSearch={(target) => onChange({ target })}
      />
      <NativeSelect
        aria-label="Outcome"
        value={value('outcome')}
        onChange={(event) => onChange({ outcome: event.currentTarget.value })}
        data={[
          { value: '', label: 'Any outcome' },
          ...Object.entries(outcomes).map(([outcome, { label }]) => ({ value: outcome, label })),
        ]}
      />
      <DayInput label="From" day={value('since')} onChange={(since) => onChange({ since })} />
      <DayInput label="To" day={value('until')} onChange={(until) => onChange({ until })} />
      {isFiltered(search) && (
        <Button variant="subtle" onClick={onClear}>
          Clear
        </Button>
      )}
    </Group>
  );
}
