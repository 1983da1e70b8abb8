import { words } from './language';

export const phoneWords = words(
  {
    title: '紧急与常用电话',
    urgent: '紧急',
    others: '常用电话',
    afterwards: '打完电话再记录',
    call: (name: string, number: string) => `拨打 ${name} ${number}`
  },
  {
    title: 'Emergency and useful numbers',
    urgent: 'Emergency',
    others: 'Useful numbers',
    afterwards: 'Record it after the call',
    call: (name: string, number: string) => `Call ${name} ${number}`
  }
);

/** Known to everyone and needed before the first sync: police, fire, ambulance, anti-fraud. */
export const emergencyNumbers = [
  { zh: '报警', en: 'Police', number: '110', urgent: true },
  { zh: '火警', en: 'Fire', number: '119', urgent: true },
  { zh: '急救', en: 'Ambulance', number: '120', urgent: true },
  { zh: '反诈', en: 'Anti-fraud', number: '96110', urgent: true }
] as const;
