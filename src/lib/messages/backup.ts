import type { BackupState, BackupTrouble, RestoreTrouble } from '../domain/backup';
import { words } from './language';

const troubles = words<Record<BackupTrouble, string>>(
  {
    'target-missing': '找不到备份文件夹。请接好备份盘，并建好这个文件夹。',
    'target-inside-store': '备份文件夹在数据文件夹里面，没有备份。请换到另一个盘上。',
    'folder-unwritable': '没有权限写备份文件夹或数据文件夹。',
    'disk-full': '盘满了。请腾出空间，或换一个大的备份盘。',
    'store-missing': 'XUNGE_DATA 的文件夹里没有数据。',
    'other-store':
      '备份文件夹里是另一套数据的备份，没有动它。请换一个文件夹；如果服务器误用了空的数据文件夹，请先恢复备份。',
    'already-running': '另一次备份或恢复正在进行。',
    damaged: '备份没有通过检查：数据库或备份盘有损坏。以前的备份都还在，请检查两边的硬盘。',
    'pictures-missing': '备份做好了，但有些照片在服务器上找不到或已损坏。',
    failed: '备份没有做成，原因在日志里。'
  },
  {
    'target-missing': 'The backup folder is not there. Connect the backup disk, and make the folder on it.',
    'target-inside-store':
      'The backup folder lies inside the data folder: nothing was backed up. Choose another disk.',
    'folder-unwritable': 'The backup folder or the data folder may not be written to.',
    'disk-full': 'The disk is full. Make room, or take a larger backup disk.',
    'store-missing': 'The folder of XUNGE_DATA holds no store.',
    'other-store':
      'The backup folder holds backups of another store, which were left alone. Choose another folder; if the server runs on an empty data folder by mistake, restore first.',
    'already-running': 'Another backup or restore is running.',
    damaged:
      'The backup did not pass its check: the database or the backup disk is damaged. Earlier backups are still there. Check both disks.',
    'pictures-missing': 'The backup was made, but some pictures are missing or damaged on the server.',
    failed: 'No backup was made. The log says why.'
  }
);

export const restoreTroubles = words<Record<RestoreTrouble, string>>(
  {
    'backup-missing': '这个文件夹里没有备份。',
    'generation-missing': '没有这一次备份。',
    'store-in-use': '服务器还在用这个数据文件夹。请先停下服务器。',
    'store-exists': '数据文件夹里已经有数据。加 --replace 就把原来的移到旁边，再恢复。',
    'newer-store': '这次备份来自更新的版本。请用那个版本恢复，或者换一次升级前的备份。',
    'folder-unwritable': '没有权限写数据文件夹。',
    'disk-full': '盘满了，没有恢复，原来的数据没有动。',
    'already-running': '另一次备份或恢复正在进行。',
    damaged: '这次备份已损坏，没有恢复，原来的数据没有动。请换一次备份。',
    failed: '没有恢复。'
  },
  {
    'backup-missing': 'There is no backup in this folder.',
    'generation-missing': 'There is no such backup.',
    'store-in-use': 'A server is using this data folder. Stop it first.',
    'store-exists': 'There is a store in the data folder. With --replace it is moved aside first.',
    'newer-store':
      'A newer build made this backup. Restore it with that build, or take one from before the update.',
    'folder-unwritable': 'The data folder may not be written to.',
    'disk-full': 'The disk is full: nothing was restored, and the store is as it was.',
    'already-running': 'Another backup or restore is running.',
    damaged: 'This backup is damaged: nothing was restored, and the store is as it was. Take another one.',
    failed: 'Nothing was restored.'
  }
);

export const backupWords = words(
  {
    title: '最近一次备份',
    states: {
      fine: '正常',
      late: '两天没有备份',
      failed: '没有成功',
      never: '还没有备份过'
    } satisfies Record<BackupState, string>,
    succeeded: (at: string, size: string) => `上一次成功：${at}，共 ${size}`,
    failedAt: (at: string) => `${at} 没有成功：`,
    advice: '请告诉部署服务器的人：运维说明“备份”一节写了怎么办。没有备份，服务器的盘坏了，数据就没了。',
    troubles: troubles.zh
  },
  {
    title: 'Last backup',
    states: {
      fine: 'fine',
      late: 'none for two days',
      failed: 'it failed',
      never: 'none was ever made'
    },
    succeeded: (at, size) => `Last good one: ${at}, ${size} in all`,
    failedAt: (at) => `${at}, failed: `,
    advice:
      'Tell whoever runs the server: “Backup” in the operations guide says what to do. Without a backup, everything is lost with the server’s disk.',
    troubles: troubles.en
  }
);
