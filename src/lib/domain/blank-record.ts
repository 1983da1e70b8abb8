import { blank, blankAnswers, blankPlace, blankText, type Blanking } from './blanking';
import type { Case } from './case';
import type { Report } from './report';

/** The record as it is once it was blanked. */
export function blankRecord(record: Report | Case, what: Blanking): Report | Case {
  return record.kind === 'case' ? blankCase(record, what) : blankReport(record, what);
}

function blankReport<Kept extends Report>(report: Kept, what: Blanking): Kept {
  const kept: Kept = {
    ...report,
    voiceIds: [],
    voices: [],
    followUps: report.followUps.map((one) => ({
      ...one,
      whom: blankText(one.whom),
      promise: blankText(one.promise)
    })),
    told: report.told && { ...report.told, words: blankText(report.told.words) }
  };
  if (what === 'contacts') return kept;
  return {
    ...kept,
    text: blankText(kept.text),
    place: blankPlace(kept.place),
    reason: kept.reason && blank,
    comments: blankComments(kept.comments),
    ...(kept.kind === 'issue' && { answers: blankAnswers(kept.answers) })
  };
}

function blankCase(work: Case, what: Blanking): Case {
  if (what === 'contacts') return work;
  const { result, closed } = work;
  return {
    ...work,
    instruction: work.instruction && blank,
    returns: work.returns.map((one) => ({ ...one, reason: blankText(one.reason) })),
    result: result && { ...result, text: blankText(result.text) },
    checks: work.checks.map((one) => ({ ...one, words: blankText(one.words) })),
    closed: closed && { ...closed, words: blankText(closed.words) },
    comments: blankComments(work.comments)
  };
}

function blankComments(comments: Case['comments']): Case['comments'] {
  return comments.map((one) => ({ ...one, text: blankText(one.text) }));
}
