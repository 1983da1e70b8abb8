import type { ChangeHead } from '../change';
import type { VisibilityKeys } from '../record';
import type { ReportBase, ReportFacts } from '../report';

/** What a new issue and a new need have in common. */
export function newReport(facts: ReportFacts, head: ChangeHead): ReportBase {
  return {
    id: facts.recordId,
    community: head.community,
    ownerGridCode: facts.ownerGridCode,
    author: head.author,
    version: 0,
    at: head.at,
    number: facts.number,
    place: facts.place,
    text: facts.text,
    photoIds: facts.photoIds,
    voiceIds: facts.voiceIds,
    photos: [],
    voices: [],
    solvedOnSpot: facts.solvedOnSpot,
    communityOnly: facts.communityOnly,
    patrolId: facts.patrolId,
    state: 'reported',
    linkedIds: [],
    followUps: [],
    comments: [],
    openedBy: []
  };
}

export function reportKeys(facts: ReportFacts, head: ChangeHead): VisibilityKeys {
  return { ownerGridCode: facts.ownerGridCode, author: head.author, restricted: facts.communityOnly };
}
