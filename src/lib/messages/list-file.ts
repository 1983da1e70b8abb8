import { words } from './language';

export const listFileWords = words(
  {
    label: '或者从文件里读，会换掉上面框里的内容',
    choose: '选文件（Excel 的 .xlsx、CSV 或文本）',
    read: '已读到上面的框里，还没有保存。请先看一看。',
    troubles: {
      old: '这是老格式的 .xls，没有读入。请在 Excel 或 WPS 里另存为 .xlsx 再选。',
      unreadable: '这个文件打不开，没有读入。可能损坏了或设了密码，请另存一份再试。'
    }
  },
  {
    label: 'Or read it from a file, in place of what is in the box',
    choose: 'Choose a file (.xlsx of Excel, CSV or text)',
    read: 'It is in the box above and not saved yet. Look it over first.',
    troubles: {
      old: 'This is an .xls of the old format; nothing was read. Save it as .xlsx in Excel or WPS and choose that.',
      unreadable:
        'This file does not open; nothing was read. It may be damaged or have a password: save a copy and try that.'
    }
  }
);
