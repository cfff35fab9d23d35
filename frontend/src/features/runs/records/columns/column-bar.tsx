import { Button, Popover } from '@mantine/core';
import { Icon } from '@/components/icon';
import { formatNumber } from '@/lib/format';
import type { RecordColumns } from '../table/record-columns';
import classes from './column-bar.module.css';
import { ColumnChooser } from './column-chooser';
import type { SeenFields } from './seen-fields';
import type { ColumnSettings } from './use-column-choice';

type ColumnBarProps = { seen: SeenFields; columns: RecordColumns; settings: ColumnSettings };

/** Above the table: what the marks mean, and which columns it has. */
export function ColumnBar({ seen, columns, settings }: ColumnBarProps) {
  const all = columns.shown.length + columns.hidden;
  return (
    <div className={classes.bar}>
      <span className={classes.legend}>
        <span className={classes.mark} />
        made or changed by the scripts
      </span>
      <Popover position="bottom-end" withinPortal={false} trapFocus returnFocus shadow="md" width={400}>
        <Popover.Target>
          <Button
            variant="default"
            className={classes.button}
            rightSection={<Icon name="chevron" size={12} />}
          >
            Columns {formatNumber(columns.shown.length)} of {formatNumber(all)}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={classes.dropdown} aria-label="Columns">
          <ColumnChooser seen={seen} columns={columns} settings={settings} />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
