import { formatTimestamp, formatUtc } from '@/lib/format';

/** A moment in the person's zone, with UTC on hover. */
export function Timestamp({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatUtc(at)} className="figures">
      {formatTimestamp(at)}
    </time>
  );
}
