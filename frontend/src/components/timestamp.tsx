import { formatTimestamp, formatUtc } from '@/lib/format';

/** A point in time in the local time zone, with UTC on hover. */
export function Timestamp({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatUtc(at)} className="figures">
      {formatTimestamp(at)}
    </time>
  );
}
