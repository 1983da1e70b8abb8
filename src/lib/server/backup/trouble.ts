import { isDamage, isFull, isUnwritable } from '../database/copy';

const full = ['ENOSPC', 'EDQUOT'];
const unwritable = ['EACCES', 'EPERM', 'EROFS'];

/** What a disk or a database meant by its error. */
export function troubleOf(fault: unknown): 'disk-full' | 'folder-unwritable' | 'damaged' | 'failed' {
  const { code = '' } = fault as NodeJS.ErrnoException;
  if (full.includes(code) || isFull(fault)) return 'disk-full';
  if (unwritable.includes(code) || isUnwritable(fault)) return 'folder-unwritable';
  return isDamage(fault) ? 'damaged' : 'failed';
}
