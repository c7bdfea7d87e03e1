// Czech texts of choosing a way to log in.
import type { Texts } from './text-tree.ts';

export const texts = {
  ways: {
    title: 'Jak se přihlásíte',
    lead: 'Vyberte způsob, který už máte. Pokaždé vás pošleme k jeho poskytovateli a ten nám řekne jen to, kdo jste.',
    needed: 'Tahle služba vyžaduje úroveň záruky {level}. Způsoby, které ji nedávají, tu nenabízíme.',
    strongerTitle: 'Přihlaste se silnějším způsobem',
    stronger:
      'Tahle služba vyžaduje vyšší úroveň záruky: {level}. Teď jste přihlášeni s úrovní {reached}. Přihlaste se znovu; vrátíte se přesně tam, kde jste byli, a o nic z vyplněného nepřijdete.',
    oneAccount: 'Obě přihlášení patří k jednomu účtu: {name}. Pokud to nejste vy, nejdřív se odhlaste.',
    already: 'Už jste přihlášeni jako {name}.',
    back: 'Pokračovat',
    choose: 'Přihlásit se: {title}',
    weak: 'Na tuto službu nestačí.',
    help: 'Nemáte žádný z nich? Podání můžete přinést na úřad nebo poslat poštou; online ho bez přihlášení přijmout nejde.',
    national: 'Stejné přihlášení platí i na Portálu občana',
    nia: { title: 'Identita občana', hint: 'Bankovní identita, mobilní klíč eGovernmentu, eObčanka, NIA ID a další. Vhodné pro každého.' },
    mojeid: { title: 'mojeID', hint: 'Účet mojeID od sdružení CZ.NIC.' },
    bankid: { title: 'Bankovní identita', hint: 'Účet u vaší banky, přímo přes Bank iD.' },
    isds: { title: 'Datová schránka', hint: 'Vhodné i pro firmy: budete jednat za toho, komu schránka patří.' },
    level: { low: 'nízká', substantial: 'značná', high: 'vysoká' },
  },
} satisfies Texts;
