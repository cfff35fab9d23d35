import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Run, RunModelCalls } from '@/api/types';
import { pauseReasonOf } from './pause';
import { ResumeDialog } from './resume-dialog';

/** Resumes a paused run, after asking for what it needs. The focus returns to the button afterwards. */
export function ResumeButton({ run, llm }: { run: Run; llm: RunModelCalls }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>Resume</Button>
      {isAsking && (
        <ResumeDialog run={run} llm={llm} reason={pauseReasonOf(run)} onClose={() => setIsAsking(false)} />
      )}
    </>
  );
}
