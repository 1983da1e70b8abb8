import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { Voice } from '../photo';
import { reportOf } from '../record';

/** A voice note belongs to this report. */
export const voiceAttached = defineChange({
  kind: 'voice-attached',
  act: 'attach',
  facts: z.object({ recordId: RecordId, voice: Voice }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) => {
    const report = reportOf(records, facts.recordId);
    if (!report) return refused('unknown-record');
    return report.voices.some((voice) => voice.id === facts.voice.id) ? refused('already-exists') : allowed;
  },
  apply: (facts, records, head) => {
    const report = reportOf(records, facts.recordId)!;
    const voice = { ...facts.voice, author: head.author, at: head.at };
    return [{ ...report, voices: [...report.voices, voice] }];
  }
});
