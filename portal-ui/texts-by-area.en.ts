// English texts by area, each loaded when a page first needs it. A list.
import type { TextArea, TextLoader } from './text-tree.ts';

export const loaders: Readonly<Record<TextArea, TextLoader>> = {
  public: () => import('./texts.en.ts'),
  login: () => import('./texts.login.en.ts'),
  identities: () => import('./texts.identities.en.ts'),
  private: () => import('./texts.private.en.ts'),
  legal: () => import('./texts.legal.en.ts'),
  account: () => import('./texts.account.en.ts'),
  pay: () => import('./texts.pay.en.ts'),
};
