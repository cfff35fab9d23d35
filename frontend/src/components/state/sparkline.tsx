import classes from './sparkline.module.css';

type SparklineProps = {
  values: number[];
  label: string;
  height?: number;
  tone?: 'running' | 'failed' | 'skipped';
};

/** A bar chart of values in their order; the highest fills the height. */
export function Sparkline({ values, label, height = 40, tone = 'running' }: SparklineProps) {
  const most = Math.max(...values, Number.MIN_VALUE);
  return (
    <svg
      className={classes.chart}
      data-tone={tone}
      viewBox={`0 0 ${values.length} 1`}
      preserveAspectRatio="none"
      height={height}
      role="img"
      aria-label={label}
    >
      {values.map((value, at) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: bars are identified by their position
          key={at}
          x={at + 0.1}
          width={0.8}
          y={1 - value / most}
          height={value / most}
        />
      ))}
    </svg>
  );
}
