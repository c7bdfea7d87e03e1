// Why officers were not taken over from the directory, in words for administrators.

export function directoryTrouble(code: string, about: string, leavers: number): string {
  if (code === 'nobody-left') return 'Adresář odpověděl, ale podle něj by v úřadu nezůstal nikdo. Nevěříme mu.';
  if (code === 'too-many-leavers')
    return `Podle adresáře by najednou odešlo úředníků: ${leavers}. To je víc, než kolik je dovoleno, proto čekáme na vás.`;
  if (code === 'group-missing') return `V adresáři chybí skupina z nastavení: ${about}.`;
  if (code === 'service-refused') return 'Adresář odmítl služební účet aplikace.';
  if (code === 'certificate') return 'Certifikátu adresáře nelze věřit.';
  if (code === 'base-missing') return 'Místo v adresáři, kde hledáme osoby nebo skupiny, neexistuje.';
  if (code === 'too-slow') return 'Adresář neodpověděl včas.';
  return `Adresář teď nelze přečíst (${code}).`;
}
