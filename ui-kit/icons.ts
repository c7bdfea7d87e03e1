// The icons we use, from the official gov.cz set, inlined when the UI is built: no request for them ever leaves.
/// <reference types="vite/client" />
import alert from '@gov-design-system-ce/icons/lib/components/exclamation-triangle-fill.svg?raw';
import arrowDown from '@gov-design-system-ce/icons/lib/components/arrow-down.svg?raw';
import book from '@gov-design-system-ce/icons/lib/components/book.svg?raw';
import check from '@gov-design-system-ce/icons/lib/components/check-lg.svg?raw';
import chevronDown from '@gov-design-system-ce/icons/lib/components/chevron-down.svg?raw';
import chevronLeft from '@gov-design-system-ce/icons/lib/components/chevron-left.svg?raw';
import chevronRight from '@gov-design-system-ce/icons/lib/components/chevron-right.svg?raw';
import chevronUp from '@gov-design-system-ce/icons/lib/components/chevron-up.svg?raw';
import close from '@gov-design-system-ce/icons/lib/components/x-lg.svg?raw';
import copy from '@gov-design-system-ce/icons/lib/components/copy.svg?raw';
import download from '@gov-design-system-ce/icons/lib/components/download.svg?raw';
import envelope from '@gov-design-system-ce/icons/lib/components/envelope-fill.svg?raw';
import external from '@gov-design-system-ce/icons/lib/components/box-arrow-up-right.svg?raw';
import gear from '@gov-design-system-ce/icons/lib/components/gear.svg?raw';
import house from '@gov-design-system-ce/icons/lib/components/house-door-fill.svg?raw';
import info from '@gov-design-system-ce/icons/lib/components/info-circle-fill.svg?raw';
import menu from '@gov-design-system-ce/icons/lib/components/list.svg?raw';
import minus from '@gov-design-system-ce/icons/lib/components/dash-lg.svg?raw';
import person from '@gov-design-system-ce/icons/lib/components/person-fill.svg?raw';
import phone from '@gov-design-system-ce/icons/lib/components/telephone.svg?raw';
import plus from '@gov-design-system-ce/icons/lib/components/plus-lg.svg?raw';
import search from '@gov-design-system-ce/icons/lib/components/search.svg?raw';
import success from '@gov-design-system-ce/icons/lib/components/check-circle-fill.svg?raw';
import upload from '@gov-design-system-ce/icons/lib/components/upload.svg?raw';

export const ICONS = {
  alert,
  'arrow-down': arrowDown,
  book,
  check,
  'chevron-down': chevronDown,
  'chevron-left': chevronLeft,
  'chevron-right': chevronRight,
  'chevron-up': chevronUp,
  close,
  copy,
  download,
  envelope,
  external,
  gear,
  house,
  info,
  menu,
  minus,
  person,
  phone,
  plus,
  search,
  success,
  upload,
} as const;

export type IconName = keyof typeof ICONS;
