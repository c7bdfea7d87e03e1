// Czech texts by area, each loaded when a page first needs it. A list.
import type { TextArea, TextLoader } from './text-tree.ts';

export const loaders: Readonly<Record<TextArea, TextLoader>> = {
  public: () => import('./texts.cs.ts'),
  login: () => import('./texts.login.cs.ts'),
  identities: () => import('./texts.identities.cs.ts'),
  private: () => import('./texts.private.cs.ts'),
  legal: () => import('./texts.legal.cs.ts'),
  account: () => import('./texts.account.cs.ts'),
  pay: () => import('./texts.pay.cs.ts'),
};
