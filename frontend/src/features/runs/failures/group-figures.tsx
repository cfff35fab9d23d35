import { Text } from '@mantine/core';
import { Sparkline } from '@/components/state/sparkline';
import { formatNumber } from '@/lib/format';
import classes from './failure-card.module.css';
import { isUneven } from './spread';

type GroupFiguresProps = {
  count: number;
  /** Records of the group in each part of the input. */
  spread: number[];
  /** Such as `12% of failures`. */
  share: string;
  /** What happened to the records, such as `Failed`. */
  label: string;
  tone: 'failed' | 'skipped';
};

/** How many records a group has, and where in the input they are, if that says something. */
export function GroupFigures({ count, spread, share, label, tone }: GroupFiguresProps) {
  return (
    <div className={`figures ${classes.count}`}>
      <Text fw={600} fz="xl" lh={1.2}>
        {formatNumber(count)}
      </Text>
      <Text size="xs" className="quiet">
        {share}
      </Text>
      {isUneven(spread) && (
        <figure className={classes.spread}>
          <Sparkline
            tone={tone}
            height={24}
            values={spread}
            label={`${label} records by position in the dataset, in ${spread.length} parts, at most ${formatNumber(Math.max(...spread))} in one part`}
          />
          <figcaption className={classes.axis}>
            <span>first</span>
            <span>last record</span>
          </figcaption>
        </figure>
      )}
    </div>
  );
}
