import { communityOf, isWithin, type AreaCode, type CommunityCode } from './area';
import { grantsInForce, type Actor, type Grant, type Role } from './grant';
import type { Instant } from './instant';
import type { VisibilityKeys } from './record';

/**
 * How far a right reaches, always inside the grant's area:
 * `area` every record · `open` every record that is not 仅社区可见 · `own` what one recorded oneself ·
 * `facility` one's own and public facilities of the micro-grid · `unit` what was sent to the grant's unit.
 */
export type Reach = 'area' | 'open' | 'own' | 'facility' | 'unit';

/** What can be done; each change kind names the one it needs. */
export const acts = [
  'read',
  'readPatrol',
  'readHandover',
  'readOpinion',
  'readReporter',
  'record',
  'amend',
  'attach',
  'attachResult',
  'followUp',
  'patrol',
  'handOver',
  'takeOver',
  'giveOpinion',
  'answerOpinion',
  'link',
  'markOpened',
  'askDetail',
  'reject',
  'openCase',
  'dispatch',
  'return',
  'handle',
  'check',
  'close',
  'tell',
  'comment',
  'carry',
  'inspect',
  'answerPerson',
  'administer'
] as const;
export type Act = (typeof acts)[number];

/**
 * The rights, once: role × act → reach; what is not here is not granted.
 * Where it is not said what someone needs, the narrower. A patrol is its walker's alone:
 * nobody is watched at work. What one shift hands over is between the grid's workers; the office reads it.
 * What somebody thinks of the app is between them and the administrators.
 */
export const rights: Record<Role, Partial<Record<Act, Reach>>> = {
  gridWorker: {
    read: 'open',
    readPatrol: 'own',
    readHandover: 'open',
    readOpinion: 'own',
    readReporter: 'open',
    record: 'own',
    amend: 'own',
    attach: 'own',
    attachResult: 'open',
    followUp: 'open',
    patrol: 'own',
    handOver: 'own',
    takeOver: 'open',
    giveOpinion: 'own',
    link: 'open',
    check: 'open',
    tell: 'open',
    comment: 'open'
  },
  microGridWorker: {
    read: 'facility',
    readPatrol: 'own',
    readOpinion: 'own',
    record: 'own',
    amend: 'own',
    attach: 'own',
    followUp: 'own',
    patrol: 'own',
    giveOpinion: 'own',
    tell: 'own'
  },
  gridLead: {
    read: 'open',
    readPatrol: 'own',
    readHandover: 'open',
    readOpinion: 'own',
    readReporter: 'open',
    record: 'own',
    amend: 'own',
    attach: 'own',
    attachResult: 'open',
    followUp: 'open',
    patrol: 'own',
    handOver: 'own',
    takeOver: 'open',
    giveOpinion: 'own',
    link: 'open',
    check: 'open',
    tell: 'open',
    comment: 'open'
  },
  communityOfficer: {
    read: 'area',
    readHandover: 'area',
    readOpinion: 'own',
    readReporter: 'area',
    record: 'own',
    amend: 'own',
    attach: 'area',
    attachResult: 'area',
    followUp: 'area',
    giveOpinion: 'own',
    link: 'area',
    markOpened: 'area',
    askDetail: 'area',
    reject: 'area',
    openCase: 'area',
    dispatch: 'area',
    return: 'area',
    handle: 'area',
    check: 'area',
    close: 'area',
    tell: 'area',
    comment: 'area',
    carry: 'area',
    inspect: 'area',
    answerPerson: 'area'
  },
  streetOfficer: { read: 'open', comment: 'open' },
  unitHandler: { read: 'unit', attachResult: 'unit', return: 'unit', handle: 'unit', comment: 'unit' },
  admin: { readOpinion: 'area', answerOpinion: 'area', inspect: 'area', administer: 'area' }
};

/** Where somebody works: with a tablet that carries records, and on these pages of the desk. */
export const workplaces = [
  'tablet',
  'inbox',
  'cases',
  'handovers',
  'hand-in',
  'opening',
  'people',
  'access',
  'privacy',
  'opinions',
  'settings'
] as const;
export type Workplace = (typeof workplaces)[number];
export type DeskPage = Exclude<Workplace, 'tablet'>;

/**
 * The workplaces of each role; what is not here does not open. A unit has no tablet: it works online only, and never learns
 * who reported.
 */
export const workplacesOf: Record<Role, readonly Workplace[]> = {
  gridWorker: ['tablet'],
  microGridWorker: ['tablet'],
  gridLead: ['tablet'],
  communityOfficer: ['tablet', 'inbox', 'cases', 'handovers', 'hand-in', 'privacy'],
  streetOfficer: ['inbox', 'cases'],
  unitHandler: ['cases'],
  admin: ['opening', 'people', 'access', 'privacy', 'opinions', 'settings']
};

/** An administrator begins where there is no community yet. */
const beforeAnyCommunity: readonly Workplace[] = ['opening', 'settings'];

/** Whether somebody works there: with a tablet in a part of this community, on a page for all of it, or for none yet. */
export function worksAt(
  actor: Actor,
  workplace: Workplace,
  community: CommunityCode | undefined,
  now: Instant
): boolean {
  return grantsInForce(actor.grants, now).some(
    ({ role, area }) =>
      workplacesOf[role].includes(workplace) &&
      (beforeAnyCommunity.includes(workplace) ||
        (community !== undefined && isWithin(community, area)) ||
        (workplace === 'tablet' && communityOf(area) === community))
  );
}

function reaches(grant: Grant, reach: Reach, keys: VisibilityKeys, actor: Actor): boolean {
  const mine = keys.author === actor.account;
  if (reach === 'facility' && keys.facilityGridCode && !keys.restricted) {
    if (isWithin(keys.facilityGridCode, grant.area)) return true;
  }
  if (!isWithin(keys.ownerGridCode, grant.area)) return false;
  switch (reach) {
    case 'area':
      return true;
    case 'open':
      return mine || !keys.restricted;
    case 'own':
    case 'facility':
      return mine;
    case 'unit':
      return grant.unit !== undefined && grant.unit === keys.unit;
  }
}

/** Whether the actor may do this to a record with these keys, now. The server decides with it; a tablet only mirrors it. */
export function mayDo(actor: Actor, act: Act, keys: VisibilityKeys, now: Instant): boolean {
  const needed = act === 'read' ? readingOf(keys) : act;
  return grantsInForce(actor.grants, now).some((grant) => {
    const reach = rights[grant.role][needed];
    return reach !== undefined && reaches(grant, reach, keys, actor);
  });
}

function readingOf({ isPatrol, isHandover, isOpinion }: VisibilityKeys): Act {
  if (isPatrol) return 'readPatrol';
  if (isOpinion) return 'readOpinion';
  return isHandover ? 'readHandover' : 'read';
}

/**
 * Whether the actor may do this over the whole community; a right over a part of it is not enough. To `carry` is to hand in
 * what others wrote (step 14), to `inspect` to read what is kept of people and why, never whose or what it says, and to
 * `answerPerson` to search for one, to hand out what is kept of them and to erase it.
 */
export function mayOverAll(
  actor: Actor,
  act: 'carry' | 'inspect' | 'answerPerson',
  community: CommunityCode,
  now: Instant
): boolean {
  return grantsInForce(actor.grants, now).some(
    ({ role, area }) => rights[role][act] !== undefined && isWithin(community, area)
  );
}

/** Whether the actor may hand in what others of this community wrote (step 14). */
export function mayCarry(actor: Actor, community: CommunityCode, now: Instant): boolean {
  return mayOverAll(actor, 'carry', community, now);
}

/** Whether the actor may change what is decided and who works in this area: all of it lies in an administrator's own. */
export function mayAdminister(actor: Actor, area: AreaCode, now: Instant): boolean {
  return grantsInForce(actor.grants, now).some(
    ({ role, area: own }) => rights[role].administer !== undefined && isWithin(area, own)
  );
}

/** Whether any grant gives this act somewhere: for showing a page or a button, never for deciding. */
export function mayEver(actor: Actor, act: Act, now: Instant): boolean {
  return grantsInForce(actor.grants, now).some((grant) => rights[grant.role][act] !== undefined);
}
