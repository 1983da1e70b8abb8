import type { RefusalCode } from '../domain/refusal';
import { words } from './language';

/** 代交救急文件 at the desk. */
export const handInWords = words(
  {
    title: '代交救急文件',
    what: '网格员的平板报不上去时，会写一个加密的救急文件。在这里选文件、输口令，先看里面有什么，再代为上报。上报仍算写的人的，经过里会注明由您代交；读两次也不会重复。',
    file: '文件',
    chooseFile: '选文件',
    passphrase: '口令',
    open: '打开',
    opening: '正在打开…',
    wrote: (name: string, when: string) => `${name}写于 ${when}`,
    contents: (records: number, photos: number) => `${records} 条记录，${photos} 张照片和录音`,
    drafts: (count: number) => `另有 ${count} 份没写完的草稿，只能由本人在平板上读入。`,
    nothing: '文件里没有要上报的内容。',
    columns: { number: '编号', what: '内容', when: '记录时间', photos: '照片', state: '结果' },
    issue: '问题',
    need: '需求',
    handIn: '代为上报',
    again: '再试一次',
    handingTexts: '正在上报文字…',
    handingPhotos: (done: number, all: number, size: string) => `正在上传照片：${done} / ${all}，共 ${size}`,
    done: '全部交完。',
    doneWithTroubles: '已交完，有一部分没收下，原因见表。文件请保留。',
    away: '没有连上服务器，停在这里。已收下的不会重复，请再试一次。',
    noAccount: '系统里没有写这份文件的账号，没有收下。可能是别处的文件。',
    states: {
      waiting: '未交',
      accepted: '已收下',
      known: '早已收到',
      conflict: '社区已改过，没有收下',
      later: '暂时没收下，请再试一次'
    },
    photoStates: (stored: number, all: number) => `${stored} / ${all}`,
    photosLeft: (count: number) => `有 ${count} 张照片没有收下：还没处理好或已读不出来的，只能在原平板上报。`
  },
  {
    title: 'Hand in a lifeline file',
    what: 'When a worker’s tablet cannot send, it writes an encrypted lifeline file. Choose the file, type its passphrase, see what is in it, then hand it in. It stays the worker’s; the history says that you handed it in. Doing so twice doubles nothing.',
    file: 'File',
    chooseFile: 'Choose a file',
    passphrase: 'Passphrase',
    open: 'Open',
    opening: 'Opening…',
    wrote: (name: string, when: string) => `Written by ${name}, ${when}`,
    contents: (records: number, photos: number) =>
      `${records} ${records === 1 ? 'record' : 'records'}, ${photos} ${photos === 1 ? 'photo or voice note' : 'photos and voice notes'}`,
    drafts: (count: number) =>
      `${count} unfinished ${count === 1 ? 'draft' : 'drafts'} as well, which only the author can read in on a tablet.`,
    nothing: 'There is nothing to hand in in this file.',
    columns: { number: 'Number', what: 'What', when: 'Recorded', photos: 'Photos', state: 'Outcome' },
    issue: 'Issue',
    need: 'Need',
    handIn: 'Hand in',
    again: 'Try again',
    handingTexts: 'Handing in the texts…',
    handingPhotos: (done: number, all: number, size: string) =>
      `Uploading photos: ${done} of ${all}, ${size} in all`,
    done: 'Everything is handed in.',
    doneWithTroubles: 'Handed in, but not all of it was taken: the table says why. Please keep the file.',
    away: 'The server could not be reached and it stopped here. What was taken is not doubled: please try again.',
    noAccount:
      'The account that wrote this file is not known here, so nothing was taken. It may belong elsewhere.',
    states: {
      waiting: 'not yet',
      accepted: 'taken',
      known: 'arrived before',
      conflict: 'changed by the office, not taken',
      later: 'not taken for now: try again'
    },
    photoStates: (stored: number, all: number) => `${stored} of ${all}`,
    photosLeft: (count: number) =>
      `${count} ${count === 1 ? 'photo was' : 'photos were'} not taken: those not processed yet, or no longer readable, can only be sent from the first tablet.`
  }
);

/** Where the desk's sentence would speak of the officer: here the author's rights were judged. */
export const carriedRefusals = words<Partial<Record<RefusalCode, string>>>(
  {
    'not-granted': '写的人没有这项权限（网格可能已交给别人），或者不是您的社区。',
    'photo-not-declared': '照片所属的记录没有收下。',
    'unknown-record': '找不到这条记录，可能已移出写的人的网格。'
  },
  {
    'not-granted':
      'Its author has no right to it (the grid may have been handed on), or it is not your community.',
    'photo-not-declared': 'The record of the photo was not taken.',
    'unknown-record': 'This record cannot be found; it may have left the author’s grid.'
  }
);
