import type { Role } from '../domain/grant';
import { words } from './language';

/** What a role is called, on screen and in pasted lists. */
export const roleWords = words<Record<Role, string>>(
  {
    gridWorker: '网格员',
    microGridWorker: '微网格员',
    gridLead: '网格长',
    communityOfficer: '社区值班员',
    streetOfficer: '街道值班员',
    unitHandler: '责任单位经办人',
    admin: '管理员'
  },
  {
    gridWorker: 'Grid worker',
    microGridWorker: 'Micro-grid worker',
    gridLead: 'Grid lead',
    communityOfficer: 'Community officer',
    streetOfficer: 'Street officer',
    unitHandler: 'Unit handler',
    admin: 'Administrator'
  }
);

/** Every word for a role in either language, lower case. */
export const roleByWord: ReadonlyMap<string, Role> = new Map(
  Object.values(roleWords).flatMap((named) =>
    Object.entries(named).map(([role, word]) => [word.toLowerCase(), role as Role] as const)
  )
);
