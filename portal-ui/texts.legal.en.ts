// English texts of the accessibility statement and of the page about the portal and personal data.
import type { SameKeys } from './text-tree.ts';
import type { texts as czech } from './texts.legal.cs.ts';

export const texts: SameKeys<typeof czech> = {
  statement: {
    description: 'Accessibility statement of the citizen portal: {town}.',
    intro:
      '{town} wants everyone to be able to use this portal. It undertakes to make it accessible under Act No. 99/2019 Coll., on the accessibility of websites and mobile applications.',
    scope: 'This statement covers the pages of this portal.',
    state: 'Compliance status',
    stateText: 'The portal partly complies with EN 301 549 and WCAG 2.1 level AA. What does not comply yet is listed right below.',
    gaps: 'What is not accessible yet',
    gap1: 'PDF documents (receipts, letters) carry tags for screen readers but no independent tool has checked them. The same content is always on the page of your case.',
    gap2: 'The pages of the payment gateway, the bank and the login belong to others and we cannot influence them. You can also pay by transfer using details given as text.',
    gap3: 'Files that the town hall receives from other people are shown as they came.',
    how: 'How we know',
    howText:
      'We assessed it ourselves: an automatic test (axe) checks every page in light and dark, on phone and computer, and we try the forms without a mouse.',
    contact: 'Have you met an obstacle?',
    contactText:
      'Write or call us. Tell us which page you were on and what did not work. We answer within 30 days and help you another way meanwhile.',
    enforce: 'If we do not help you',
    enforceText:
      'If we do not answer your request under section 9 of the Act, or you are not satisfied, turn to the Digital and Information Agency, which supervises accessibility.',
    dia: 'Digital and Information Agency',
    help: 'What helps you here',
    help1: 'Everything can be done by keyboard. The first link on a page skips the menu.',
    help2: 'You can enlarge the page four times and nothing gets lost.',
    help3: 'The look turns dark by itself when your device is set so.',
    help4: 'Forms save themselves, you can stop any time and come back.',
  },
  about: {
    description: 'Who runs the portal and how it treats your data: {town}.',
    intro: 'The portal is run by {town}. It serves for sending applications to the town hall and following how they are handled.',
    office: 'Town hall',
    officeHours: 'Office hours: {text}',
    web: 'Web of the town:',
    ico: 'Company number (IČO): {ico}',
    data: 'What we know about you',
    data1: 'What you write in a form and what you attach to it.',
    data2: 'Your name, date of birth and address from your login, so that you need not copy them.',
    data3: 'When you sent and paid what, and when the town hall answered.',
    why: 'Why and for how long',
    whyText:
      'We need the data to handle your case, as the law orders. The file is kept for as long as the records rules say. Started forms are deleted after the time shown with them.',
    cookies: 'Cookies and tracking',
    cookiesText:
      'We use only two necessary cookies: one keeps you logged in, the other keeps the language. Nobody tracks you here and the pages load nothing from elsewhere.',
    device: 'What stays on your device',
    deviceText:
      'When the internet or the login drops out, we keep your answers in your browser. They are deleted once we have sent them or you log out.',
    rights: 'Your rights',
    rightsText:
      'You may ask what we hold about you, have it corrected, or complain to the Office for Personal Data Protection. Just write to us.',
    software: 'Software',
    softwareText: 'The portal runs on Vyřízeno under the open licence EUPL-1.2. Its look builds on the gov.cz design system.',
  },
};
