// Numbers by which people, companies, accounts and boxes are known, and whether they can be right.
export { bankAccount } from './bank-account.ts';
export { birthNumber, type BirthNumber } from './birth-number.ts';
export { companyNumber } from './company-number.ts';
export { dataBoxId } from './data-box.ts';
