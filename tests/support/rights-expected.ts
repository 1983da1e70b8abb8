// What the table of rights (domain/rights.ts) says of everything that somebody can ask of the server: every page, endpoint and
// form, and every change.
import { v7 as uuidV7 } from 'uuid';
import { changeKinds, type ChangeKindName } from '../../src/lib/domain/changes';
import { isReport, recordKinds, visibilityOf, type AnyRecord } from '../../src/lib/domain/record';
import type { Report } from '../../src/lib/domain/report';
import { mayDo, mayEver, mayOverAll, worksAt, workplaces, type Workplace } from '../../src/lib/domain/rights';
import { knowsReporter } from '../../src/lib/domain/seen-record';
import { protocolVersion } from '../../src/lib/protocol/version';
import { issueFacts, newId, photoFacts, reportFacts, voiceFacts } from './changes';
import { nextTown, type RightsTown, type Secret, type Walker } from './rights-town';
import { queryStore, town } from './town';

export type Opening = [path: string, opens: boolean, mayTell?: boolean | readonly Secret[]];
type Request = [path: string, init: RequestInit, status: number, mayTell?: boolean | readonly Secret[]];
type Forms = (walker: Walker) => string[];

export const json = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body)
});
const lines = (...body: object[]): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-ndjson' },
  body: body.map((line) => JSON.stringify(line)).join('\n')
});
export const head = ({ account }: Walker) => ({ protocol: protocolVersion, account, device: uuidV7() });
const tus = { 'tus-resumable': '1.0.0' };

/** For a world that is filled and not changed any more. */
export function expectationsOf(world: RightsTown) {
  const now = new Date().toISOString();
  const records = world.records();
  const reports = records.filter(isReport);
  const cases = records.filter((record) => record.kind === 'case');
  const mayRead = (walker: Walker, record: AnyRecord | undefined) =>
    record !== undefined && mayDo(walker, 'read', visibilityOf(record), now);
  const works = (walker: Walker, place: Workplace) => worksAt(walker, place, walker.community, now);
  const answers = (walker: Walker) =>
    walker.community !== undefined && mayOverAll(walker, 'answerPerson', walker.community, now);
  const hasDesk = (walker: Walker) => workplaces.some((place) => place !== 'tablet' && works(walker, place));
  const isNobody = ({ grants }: Walker) => grants.length === 0;
  const caseOf = (report: Report) => cases.find(({ id }) => id === report.caseId);
  const knows = (walker: Walker, record: AnyRecord) =>
    mayRead(walker, record) && knowsReporter(walker, record, now);
  /** An address of a page, whether it opens, and what of the reporter its reader may know there. */

  /** Who works here is what an administrator administers; it says of no record who reported it. */
  const staff: readonly Secret[] = ['reporter', 'account'];
  const knowsAll = (walker: Walker) => mayEver(walker, 'readReporter', now);
  const shell = (path: string) => (): Opening[] => [[path, true]];
  /** Somebody with several communities says which one. */
  const at = (path: string) => `${path}${path.includes('?') ? '&' : '?'}community=${town}`;
  const desk =
    (path: string, place: Workplace, mayTell: readonly Secret[] = []) =>
    (walker: Walker): Opening[] => [[at(path), works(walker, place), works(walker, place) ? mayTell : false]];
  /** Every page of the app. The tablet's are the same for everybody: what they show lies in the tablet's own store. */
  const pages: Record<string, (walker: Walker) => Opening[]> = {
    '/(field)': shell('/'),
    '/(field)/handovers': shell('/handovers'),
    '/(field)/handovers/[id]': () => records.map(({ id }) => [`/handovers/${id}`, true]),
    '/(field)/handovers/new': shell('/handovers/new'),
    '/(field)/issues/new': shell('/issues/new'),
    '/(field)/lifeline': shell('/lifeline'),
    '/(field)/map': shell('/map'),
    '/(field)/mine': shell('/mine'),
    '/(field)/needs/new': shell('/needs/new'),
    '/(field)/opinions': shell('/opinions'),
    '/(field)/patrol': shell('/patrol'),
    '/(field)/phones': shell('/phones'),
    '/(field)/readiness': shell('/readiness'),
    '/(field)/records/[id]': () => records.map(({ id }) => [`/records/${id}`, true]),
    '/(field)/settings': shell('/settings'),
    '/(field)/tasks': shell('/tasks'),
    '/(field)/waiting': shell('/waiting'),
    '/(office)/office': () => [['/office', false]],
    '/(office)/office/access': desk('/office/access', 'access'),
    '/(office)/office/account': (walker) => [['/office/account', hasDesk(walker)]],
    '/(office)/office/cases': (walker) => [
      [at('/office/cases?state=all'), works(walker, 'cases'), knowsAll(walker)]
    ],
    '/(office)/office/cases/[id]': (walker) =>
      cases.map((work) => [
        at(`/office/cases/${work.id}`),
        works(walker, 'cases') && mayRead(walker, work),
        knows(walker, work)
      ]),
    '/(office)/office/hand-in': desk('/office/hand-in', 'hand-in'),
    '/(office)/office/handovers': (walker) => [
      [at('/office/handovers'), works(walker, 'handovers'), works(walker, 'handovers')]
    ],
    '/(office)/office/inbox': (walker) => [
      [at('/office/inbox?state=all'), works(walker, 'inbox'), knowsAll(walker)],
      [at('/office/inbox?state=all&view=map'), works(walker, 'inbox'), knowsAll(walker)]
    ],
    '/(office)/office/inbox/[id]': (walker) =>
      reports.map((report) => [
        at(`/office/inbox/${report.id}`),
        works(walker, 'inbox') && mayRead(walker, report),
        works(walker, 'inbox') && knows(walker, report)
      ]),
    '/(office)/office/opening': desk('/office/opening', 'opening'),
    '/(office)/office/opening/[list]': (walker) =>
      [
        'grids',
        'buildings',
        'units',
        'phones',
        'categories',
        'needs',
        'calendar',
        'tracks',
        'offline'
      ].flatMap((list) => desk(`/office/opening/${list}`, 'opening')(walker)),
    '/(office)/office/opening/borders': desk('/office/opening/borders', 'opening'),
    '/(office)/office/opinions': desk('/office/opinions', 'opinions', staff),
    '/(office)/office/people': desk('/office/people', 'people', staff),
    '/(office)/office/privacy': desk('/office/privacy', 'privacy'),
    '/(office)/office/privacy/person': (walker) => [[at('/office/privacy/person'), answers(walker)]],
    '/(office)/office/settings': desk('/office/settings', 'settings'),
    '/join': shell('/join'),
    '/set-up': shell('/set-up?token=x'),
    '/shell': shell('/shell'),
    '/sign-in': shell('/sign-in')
  };

  const signedIn = (walker: Walker, status: number) => (isNobody(walker) ? 401 : status);

  /** What each endpoint is asked, what it must answer, and whether the answer may tell who reported. */
  const ofMedia = (walker: Walker, ask: (path: string, status: number) => Request): Request[] =>
    world.files.map(({ id, recordId, isVoice }) => {
      const report = reports.find((one) => one.id === recordId)!;
      const seesPicture = mayRead(walker, report) || mayRead(walker, caseOf(report));
      return ask(`/api/photos/${id}`, (isVoice ? knows(walker, report) : seesPicture) ? 200 : 404);
    });

  const endpoints: Record<string, (walker: Walker) => Request[]> = {
    'DELETE /api/session': () => [],
    'GET /api/live': () => [],
    'GET /api/openapi.json': () => [['/api/openapi.json', {}, 200]],
    'GET /api/photos/[id]': (walker) =>
      ofMedia(walker, (path, status) => [path, {}, signedIn(walker, status), status === 200]),
    'GET /api/photos/[id]/thumbnail': (walker) =>
      world.files
        .filter(({ isVoice }) => !isVoice)
        .flatMap(({ id }) =>
          ofMedia(walker, (path, status) => [`${path}/thumbnail`, {}, signedIn(walker, status)]).filter(
            ([path]) => path.includes(id)
          )
        ),
    'GET /api/reference': (walker) => {
      const isHere = worksIn(walker, town);
      // Colleagues by name, for those who work with a tablet: it says of no record who reported it.
      const mayTell = worksHere(walker) ? staff : false;
      return [
        [`/api/reference?community=${town}`, {}, signedIn(walker, isHere ? 200 : 403), isHere && mayTell],
        [`/api/reference?community=${nextTown}`, {}, signedIn(walker, worksIn(walker, nextTown) ? 200 : 403)]
      ];
    },
    'GET /api/session': (walker) => [['/api/session', {}, signedIn(walker, 200)]],
    'GET /healthz': () => [['/healthz', {}, 200]],
    'GET /metrics': () => [['/metrics', {}, 200]],
    'HEAD /api/photos/[id]': (walker) =>
      ofMedia(walker, (path) => [path, { method: 'HEAD', headers: tus }, signedIn(walker, 404)]),
    'OPTIONS /api/photos': (walker) => [['/api/photos', { method: 'OPTIONS' }, signedIn(walker, 204)]],
    'PATCH /api/photos/[id]': (walker) =>
      ofMedia(walker, (path) => [
        path,
        {
          method: 'PATCH',
          headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
          body: new Uint8Array(4)
        },
        signedIn(walker, 404)
      ]),
    'POST /api/photos': (walker) =>
      world.files.map(({ id }) => [
        '/api/photos',
        { method: 'POST', headers: { ...tus, 'upload-length': '40', 'upload-metadata': `id ${btoa(id)}` } },
        signedIn(walker, 409)
      ]),
    'POST /api/photos/thumbnails': (walker) => {
      const body = new FormData();
      for (const { id } of world.files)
        body.append(id, new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe1])]), 'a.jpg');
      return [['/api/photos/thumbnails', { method: 'POST', body }, signedIn(walker, 200)]];
    },
    'POST /api/session': ({ account }) => [
      ['/api/session', json({ login: account, password: 'wrong' }), 401]
    ],
    'POST /api/slip': () => [['/api/slip', json({ slip: 'a'.repeat(43) }), 403]],
    'POST /api/store-secret': (walker) => [
      ['/api/store-secret', json({ secret: 'a'.repeat(64) }), signedIn(walker, 200)]
    ],
    'POST /(office)/office/privacy/person/export': (walker) => [
      [
        '/office/privacy/person/export',
        { method: 'POST', body: new URLSearchParams({ reason: 'search' }) },
        answers(walker) ? 400 : 303
      ]
    ],
    'POST /api/sync/hand-back': (walker) => [
      [
        '/api/sync/hand-back',
        lines({ ...head(walker), community: town, epoch: epoch() }),
        signedIn(walker, worksHere(walker) ? 200 : 403)
      ]
    ],
    'POST /api/sync/pull': (walker) => [
      [
        '/api/sync/pull',
        json({ ...head(walker), community: town, kinds: [...recordKinds] }),
        signedIn(walker, worksHere(walker) ? 200 : 403),
        worksHere(walker) && knowsAll(walker) ? true : false
      ],
      [
        '/api/sync/pull',
        json({ ...head(walker), account: world.author.account, community: town }),
        signedIn(walker, 409)
      ]
    ],
    'POST /api/sync/push': (walker) => [['/api/sync/push', lines(head(walker)), signedIn(walker, 200)]]
  };
  const worksIn = ({ grants }: Walker, community: string) =>
    grants.some(({ area }) => area.startsWith(community) || community.startsWith(area));
  const worksHere = (walker: Walker) => worksAt(walker, 'tablet', town, now);
  const epoch = () => queryStore<{ epoch: string }>(world.folder, 'SELECT epoch FROM store')[0]!.epoch;

  /** What each form of a record makes: who may send it is said by the act of that change. */
  const changeOfAction: Record<string, ChangeKindName> = {
    accept: 'case-opened',
    askDetail: 'detail-requested',
    close: 'case-closed',
    closeSolved: 'case-closed',
    comment: 'comment-added',
    dispatch: 'case-dispatched',
    drop: 'case-closed',
    fail: 'case-checked',
    findToLink: 'reports-linked',
    handle: 'case-handled',
    link: 'reports-linked',
    opened: 'record-opened',
    pass: 'case-checked',
    reject: 'report-rejected',
    return: 'case-returned',
    tell: 'resident-told'
  };

  /** Where each form of a walker that has no right to it is sent; empty where it has, or where it is everybody's own. */
  const ofAdministrator =
    (path: string): Forms =>
    (walker) =>
      works(walker, 'opening') ? [] : [path];
  const ofRecord =
    (pathOf: () => [path: string, record: AnyRecord][], action: string): Forms =>
    (walker) => {
      const { act } = changeKinds[changeOfAction[action]!];
      return pathOf()
        .filter(([, record]) => !hasDesk(walker) || !mayDo(walker, act as 'read', visibilityOf(record), now))
        .map(([path]) => `${path}?/${action}`);
    };
  const reportPages = () =>
    reports.map((report): [string, AnyRecord] => [`/office/inbox/${report.id}`, report]);
  const casePages = () => cases.map((work): [string, AnyRecord] => [`/office/cases/${work.id}`, work]);

  const actions: Record<string, Forms> = {
    '/(office)/office?/language': () => [],
    '/(office)/office?/signOut': () => [],
    '/(office)/office/account?/default': (walker) => (hasDesk(walker) ? [] : ['/office/account']),
    '/set-up?/default': () => ['/set-up'],
    '/(office)/office/opening/[list]?/default': ofAdministrator('/office/opening/units'),
    '/(office)/office/opening/borders?/look': ofAdministrator('/office/opening/borders?/look'),
    '/(office)/office/opening/borders?/save': ofAdministrator('/office/opening/borders?/save'),
    '/(office)/office/privacy?/keep': ofAdministrator('/office/privacy?/keep'),
    ...Object.fromEntries(
      ['find', 'erase'].map((action): [string, Forms] => [
        `/(office)/office/privacy/person?/${action}`,
        (walker) => (answers(walker) ? [] : [`/office/privacy/person?/${action}`])
      ])
    ),
    '/(office)/office/opinions?/answer': ofAdministrator('/office/opinions?/answer'),
    '/(office)/office/opening?/name': ofAdministrator('/office/opening?/name'),
    '/(office)/office/opening?/open': ofAdministrator('/office/opening?/open'),
    ...Object.fromEntries(
      ['add', 'end', 'give', 'lose', 'reset', 'resume', 'slips', 'suspend'].map((action) => [
        `/(office)/office/people?/${action}`,
        ofAdministrator(`/office/people?/${action}`)
      ])
    ),
    ...Object.fromEntries(
      Object.keys(changeOfAction).flatMap((action) => [
        [`/(office)/office/inbox/[id]?/${action}`, ofRecord(reportPages, action)],
        [`/(office)/office/cases/[id]?/${action}`, ofRecord(casePages, action)]
      ])
    )
  };
  /** Who opened what for what, or was refused it, in the walk above. */
  function linesOf(walker: Walker): string[] {
    const line = (what: string, purpose: string, isTheirs: boolean) =>
      `${what} ${purpose}${isTheirs ? '' : ' refused'}`;
    const deskPages = workplaces.filter((place) => place !== 'tablet');
    const refusedPages = deskPages.filter((place) => !works(walker, place));
    const media = ofMedia(walker, (path, status) => [path, {}, status]);
    const pagesOf = (all: readonly AnyRecord[], place: Workplace, purpose: string) =>
      hasDesk(walker)
        ? all.flatMap((record) => {
            if (!mayRead(walker, record)) return line('record', purpose, false);
            return works(walker, place) ? line('record', purpose, true) : [];
          })
        : [];
    const lists = (['inbox', 'cases'] as const).filter((place) => works(walker, place) && knowsAll(walker));
    return [
      ...refusedPages.map((place) => line('page', place, false)),
      ...media.map(([, , status]) => line('media', 'picture', status === 200)),
      ...pagesOf(reports, 'inbox', 'inbox'),
      ...pagesOf(cases, 'cases', 'case'),
      ...lists.flatMap((place) => [line('list', place, true), line('list', 'search', true)]),
      ...(works(walker, 'handovers') ? [line('list', 'handovers', true)] : []),
      line('records', 'sync', worksHere(walker)),
      // Each asks for the reference of the other community as well.
      ...(worksIn(walker, nextTown) && worksIn(walker, town) ? [] : [line('records', 'sync', false)])
    ];
  }
  /** One change of each kind about this report, its case and a patrol, as somebody might try it. */
  function tryEverything(report: Report) {
    const { id: recordId } = report;
    const work = caseOf(report);
    const recordIdOfCase = { recordId: work?.id };
    const patrolId = { recordId: records.find(({ kind }) => kind === 'patrol')!.id };
    const made = { ownerGridCode: `${town}001` };
    const handoverId = { recordId: records.find(({ kind }) => kind === 'handover')!.id };
    const opinionId = { recordId: records.find(({ kind }) => kind === 'opinion')!.id, text: '' };
    const point = [now, 104, 30, 8];
    const onReport: Partial<Record<ChangeKindName, object>> = {
      'issue-recorded': { ...issueFacts(newId()), ...made },
      'need-recorded': { ...reportFacts(newId()), needTypeCode: 'N01', ...made },
      'report-amended': { recordId, edits: { text: { from: '', to: '我改' } } },
      'report-withdrawn': { recordId },
      'reports-linked': { recordId, otherId: reports.find(({ id }) => id !== recordId)!.id },
      'detail-requested': { recordId, reason: '请补充' },
      'report-rejected': { recordId, reason: '不归我们' },
      'photo-attached': { recordId: work?.id ?? recordId, photo: photoFacts(newId()) },
      'voice-attached': { recordId, voice: voiceFacts(newId()) },
      'photo-stored': { recordId, photoId: newId(), storedAt: now },
      'follow-up-noted': { recordId, whom: '甲', channel: 'call', promise: '' },
      'resident-told': { recordId, words: '' },
      'record-opened': { recordId },
      'personal-blanked': { recordId, what: 'words', why: 'request' },
      'comment-added': { recordId, text: '看到了' },
      'case-opened': { recordId: newId(), subjectId: recordId, afterPhoto: 'no' },
      'patrol-started': { recordId: newId(), ...made },
      'shift-handed-over': { recordId: newId(), ...made, note: '', itemIds: [] },
      'handover-read': handoverId,
      'opinion-given': { recordId: newId(), ...made, text: '字太小', appVersion: '0.1.0', page: '/mine' },
      'opinion-answered': opinionId,
      'patrol-paused': patrolId,
      'patrol-resumed': patrolId,
      'patrol-ended': { ...patrolId, note: '' },
      'track-recorded': { ...patrolId, points: [point], gaps: [], metres: 1 }
    };
    const onCase: Partial<Record<ChangeKindName, object>> = work
      ? {
          'case-dispatched': { ...recordIdOfCase, unit: work.unit, instruction: '' },
          'case-returned': { ...recordIdOfCase, reason: '不归我们' },
          'case-handled': { ...recordIdOfCase, text: '好了' },
          'case-checked': { ...recordIdOfCase, passed: true, words: '' },
          'case-closed': { ...recordIdOfCase, subjectId: recordId, how: 'done', words: '' }
        }
      : {};
    const tries = Object.entries({ ...onReport, ...onCase }) as [ChangeKindName, object][];
    return tries.map(([kind, facts]) => ({ kind, facts }));
  }

  /** By the table: of every record the change touches, or makes. */
  function isGranted(walker: Walker, kind: ChangeKindName, facts: object): boolean {
    const known = changeKinds[kind];
    const about = known.touches(facts as never).flatMap((id) => records.find((one) => one.id === id) ?? []);
    const act =
      typeof known.act === 'function'
        ? known.act(facts as never, new Map(about.map((one) => [one.id, one])))
        : known.act;
    if (act === null) return false;
    const own = { ownerGridCode: `${town}001`, author: walker.account, restricted: false };
    const makes = /^(issue|need)-recorded$|^patrol-started$|^shift-handed-over$|^opinion-given$/.test(kind);
    return makes
      ? mayDo(walker, act, own, now)
      : about.every((one) => mayRead(walker, one) && mayDo(walker, act, visibilityOf(one), now));
  }
  return {
    records,
    reports,
    cases,
    pages,
    endpoints,
    actions,
    linesOf,
    tryEverything,
    isGranted,
    mayRead,
    works,
    hasDesk,
    isNobody,
    knows,
    knowsAll,
    worksIn,
    worksHere,
    signedIn
  };
}
