// How an officer of the directory is named in our tables: never mixed up with the subject of an identity provider.

export const subjectOf = (key: string): string => `directory:${key.toLowerCase()}`;
