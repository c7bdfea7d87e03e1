// What it means that an e-mail came back (RFC 3463): does the address not work, or only not now, and what a person reads about it. Pure.

export interface BounceVerdict {
  /** Nothing more is sent there, until its owner confirms it anew. */
  readonly permanent: boolean;
  /** Czech sentence. */
  readonly reason: string;
}

/** Undefined when nothing is wrong yet: the server still tries. */
export function bounceVerdict(action: 'failed' | 'delayed' | 'other', status: string): BounceVerdict | undefined {
  if (action !== 'failed') return undefined;
  const [kind, subject, detail] = status.split('.');
  // A full box, a busy network and a server that takes us for spam say nothing about the address itself.
  const isOfAddress =
    (kind === '5' || kind === '' || kind === undefined) && !(subject === '2' && detail === '2') && !['3', '4', '7'].includes(subject ?? '');
  return { permanent: isOfAddress, reason: reasonOf(subject, detail) };
}

function reasonOf(subject: string | undefined, detail: string | undefined): string {
  if (subject === '1') return 'Taková schránka neexistuje.';
  if (subject === '2' && detail === '1') return 'Schránka je vypnutá.';
  if (subject === '2' && detail === '2') return 'Schránka je plná.';
  if (subject === '4') return 'Poštovní server příjemce neodpovídá.';
  if (subject === '7') return 'Poštovní server příjemce naši zprávu nechce.';
  return 'Zprávu se nepodařilo doručit.';
}
