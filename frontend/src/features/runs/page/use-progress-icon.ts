import { useEffect } from 'react';
import type { Run } from '@/api/types';
import { isFinal } from '@/lib/states';
import { percentDone } from '../run-progress';

const finalColours: Partial<Record<Run['status'], string>> = {
  SUCCEEDED: '#2f9e44',
  PARTIAL: '#d9820a',
  FAILED: '#d6303c',
  CANCELLED: '#868e96',
};

/**
 * Shows the progress in the icon of the browser tab: a ring that fills, two bars while the run is paused, then a disc
 * in the colour of the final state.
 */
export function useProgressIcon(run: Run | undefined) {
  const icon = run === undefined ? undefined : progressIcon(run);

  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (link === null || icon === undefined) {
      return;
    }
    const before = link.href;
    link.href = icon;
    return () => {
      link.href = before;
    };
  }, [icon]);
}

function progressIcon(run: Run): string {
  const around = 2 * Math.PI * 6;
  const ring = `<circle cx="8" cy="8" r="6" fill="none" stroke="#adb5bd" stroke-width="3"/><circle cx="8" cy="8" r="6" fill="none" stroke="#1c7ed6" stroke-width="3" stroke-dasharray="${(around * percentDone(run.records)) / 100} ${around}" transform="rotate(-90 8 8)"/>`;
  const pause =
    '<circle cx="8" cy="8" r="7" fill="#c2500f"/><path d="M6 5v6M10 5v6" stroke="#fff" stroke-width="2"/>';
  const disc = `<circle cx="8" cy="8" r="7" fill="${finalColours[run.status]}"/>`;
  const moving = run.status === 'PAUSED' ? pause : ring;
  const drawing = isFinal(run.status) ? disc : moving;
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${drawing}</svg>`)}`;
}
