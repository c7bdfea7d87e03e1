// Addresses of the state's register: reading its file, writing an address, understanding what a person types.
export { HEADER_START, readAddressLine, type AddressRow } from './read-line.ts';
export { readAddressQuery, type AddressQuery } from './read-query.ts';
export { addressText, numbersOf, plainWords, streetText, type WrittenAddress } from './write.ts';
