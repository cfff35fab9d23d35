import type { StageName } from '@/api/types';

/** The script that is open in the editor, and the line to look at. */
export type OpenScript = { stepKey: string; stage: StageName; line?: number };
