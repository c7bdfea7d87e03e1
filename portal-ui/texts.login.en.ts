// English texts of choosing a way to log in.
import type { Texts } from './text-tree.ts';

export const texts = {
  ways: {
    title: 'How will you log in',
    lead: 'Choose a way that you already have. Each time we send you to its provider, who tells us only who you are.',
    needed: 'This service needs the level of assurance {level}. Ways that do not give it are not offered.',
    strongerTitle: 'Log in in a stronger way',
    stronger:
      'This service needs a higher level of assurance: {level}. You are logged in with the level {reached}. Log in again; you will return exactly where you were and lose nothing.',
    oneAccount: 'Both logins belong to one account: {name}. If it is not you, log out first.',
    already: 'You are already logged in as {name}.',
    back: 'Continue',
    choose: 'Log in: {title}',
    weak: 'Not enough for this service.',
    help: 'Do you have none of them? Bring your submission to the office or send it by post; it cannot be accepted online without a login.',
    national: 'The same login works at the national Citizen’s Portal',
    nia: { title: 'Identita občana', hint: 'Bank identity, eGovernment Mobile Key, eID card, NIA ID and others. Good for everybody.' },
    mojeid: { title: 'mojeID', hint: 'Your mojeID account of CZ.NIC.' },
    bankid: { title: 'Bank identity', hint: 'Your bank account, directly through Bank iD.' },
    isds: { title: 'Data box', hint: 'Good for companies too: you will act for the owner of the box.' },
    level: { low: 'low', substantial: 'substantial', high: 'high' },
  },
} satisfies Texts;
