/** Formats numbers, durations, bytes and times for people. */

const grouped = new Intl.NumberFormat('en-US');

/** `80000` → `80,000`. */
export function formatNumber(value: number): string {
  return grouped.format(value);
}

/** `1 record`, `2,000 records`. */
export function formatCount(value: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(value)} ${value === 1 ? noun : plural}`;
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** Large numbers at a glance: `9,999`, `31.2K`, `1.25M`. */
export function formatCompact(value: number): string {
  return value < 10_000 ? formatNumber(value) : compact.format(value);
}

/** `part` of `whole` in whole percent; 100 only when it is complete, 0 only when it has not begun. */
export function percentOf(part: number, whole: number): number {
  if (whole === 0 || part >= whole) {
    return 100;
  }
  if (part <= 0) {
    return 0;
  }
  return Math.min(99, Math.max(1, Math.round((part / whole) * 100)));
}

/** Formats milliseconds: `< 0.01 ms`, `0.02 ms`, `12 ms`, `0.4 s`, `14 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 0.005) {
    return '< 0.01 ms';
  }
  if (milliseconds < 100) {
    return `${milliseconds < 10 ? trimmed(milliseconds, 2) : Math.round(milliseconds)} ms`;
  }
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) {
    return `${trimmed(seconds, 1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) {
    return joined(minutes, 'min', whole % 60, 's');
  }
  const wholeMinutes = Math.round(whole / 60);
  return joined(Math.floor(wholeMinutes / 60), 'h', wholeMinutes % 60, 'min');
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** Bytes in decimal units: `96 KB`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : 1;
  return `${trimmed(value, digits)} ${units[unit]}`;
}

/** Records per second: whole numbers when large, one digit when small. */
export function formatRate(recordsPerSecond: number): string {
  return `${recordsPerSecond >= 10 ? formatNumber(Math.round(recordsPerSecond)) : trimmed(recordsPerSecond, 1)} records/s`;
}

/** A point in time in the local time zone; without the date if it is today. */
export function formatTimestamp(moment: string, now: Date = new Date()): string {
  const date = new Date(moment);
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  if (date.toDateString() === now.toDateString()) {
    return time;
  }
  const day = date.toLocaleDateString([], {
    day: 'numeric',
    month: 'short',
    ...(date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
  });
  return `${day}, ${time}`;
}

/** The same point in time in UTC. */
export function formatUtc(moment: string): string {
  return `${new Date(moment).toISOString().replace('T', ' ').slice(0, 19)} UTC`;
}

/** The first characters of an id, enough to tell the runs on a page apart. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}
