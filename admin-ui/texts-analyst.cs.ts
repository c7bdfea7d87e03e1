// Every word of the analyst's desk, in Czech; loaded with it.
import { count } from './czech.ts';

export const analyst = {
  title: 'Návrh životní situace',
  back: 'Zpět na životní situace',
  groupsLabel: 'Soubory životní situace',
  groups: { process: 'Proces', decisions: 'Rozhodovací tabulky', forms: 'Formuláře', texts: 'Texty', sheet: 'Údaje o situaci', scenarios: 'Scénáře' },
  process: {
    tools: 'Nástroje diagramu', undo: 'Vzít zpět', redo: 'Provést znovu', fit: 'Celý diagram', closer: 'Přiblížit', farther: 'Oddálit',
    simulate: 'Zkusit průchod', endSimulation: 'Ukončit průchod', simulationHelp: 'Spusťte začátek v diagramu a sledujte, kudy případ jde. Návrh teď nejde měnit.',
    canvas: 'Diagram procesu', properties: 'Vlastnosti vybraného prvku',
    broken: (why: string): string => `Soubor procesu nelze zobrazit: ${why}. Obnovte ho z dřívější verze nebo nahrajte jiný.`,
  },
  decisions: {
    help: 'Změna v tabulce platí až po zveřejnění a jen pro nové případy. Částky jsou v haléřích.', tables: 'Tabulky v souboru',
    label: (name: string): string => `Rozhodovací tabulka ${name}`,
    broken: (why: string): string => `Soubor rozhodnutí nelze zobrazit: ${why}. Nahrajte jiný.`,
  },
  forms: {
    json: (name: string): string => `Formulář ${name} (JSON)`, preview: 'Náhled formuláře',
    badJson: (why: string): string => `Text není platný JSON: ${why}`,
  },
  findings: {
    title: 'Nálezy kontroly', error: 'chyba', warning: 'upozornění', passed: 'prošel', failed: 'neprošel', checking: 'kontroluje se…',
    scenario: (name: string): string => `Scénář „${name}“`,
    count: (n: number): string => (n === 0 ? 'nic nenalezeno' : count(n, ['nález', 'nálezy', 'nálezů'])),
  },
  files: {
    file: 'Soubor', add: 'Přidat soubor', addText: 'Nový soubor se přidá do návrhu.', name: 'Název', missingName: 'Napište název souboru.',
    remove: 'Smazat soubor', removeTitle: (path: string): string => `Smazat ${path}?`, removeText: 'Soubor zmizí z návrhu. Zveřejněné verze se nemění.',
    download: 'Stáhnout soubor', bring: 'Nahrát soubor…', downloadAll: 'Stáhnout vše',
    badImport: (name: string): string => `Soubor ${name} nelze přečíst. Nahrajte soubor stažený tlačítkem „Stáhnout vše“.`,
    none: 'V této skupině není žádný soubor.', content: (path: string): string => `Obsah souboru ${path}`,
  },
  draft: {
    untouched: (version: number): string => `Beze změn proti verzi ${version}`, saved: (time: string): string => `Koncept uložen v ${time}`, saving: 'Koncept se ukládá…', notSaved: 'Koncept není uložen na serveru',
    leftoverTitle: 'V tomto prohlížeči zůstala neuložená podoba návrhu', leftoverText: 'Server má jinou. Vyberte, se kterou chcete pokračovat.', useLeftover: 'Pokračovat s neuloženou', dropLeftover: 'Zahodit ji',
    conflictTitle: 'Návrh mezitím změnil někdo jiný', keepMine: 'Uložit moji podobu', takeTheirs: 'Převzít podobu ze serveru',
    failedTitle: 'Koncept se nepodařilo uložit', failedText: 'Vaše podoba je uložená v tomto prohlížeči a uloží se, jakmile to půjde.', retry: 'Uložit teď',
    leave: 'Návrh není uložen na serveru, jen v tomto prohlížeči. Opravdu odejít?',
  },
  discard: {
    open: 'Zahodit koncept', title: 'Zahodit koncept?', send: 'Zahodit koncept',
    text: (version: number): string => `Všechny změny od verze ${version} zmizí. Zveřejněné verze ani běžící případy se nezmění.`,
  },
  publish: {
    open: 'Zveřejnit…', title: 'Zveřejnit novou verzi', send: 'Zveřejnit', text: 'Nové případy poběží podle nové verze, běžící zůstanou na té své.', checking: 'Kontroluje se návrh…',
    blocked: 'Návrh má chyby. Dokud je neopravíte, nelze ho zveřejnit.', free: 'Kontrola je v pořádku, verzi lze zveřejnit.',
    surprises: (n: number): string => `${n === 1 ? 'Jeden scénář dopadl' : n < 5 ? `${n} scénáře dopadly` : `${n} scénářů dopadlo`} jinak, než je v něm napsáno. Po změně sazby je to v pořádku, jinak hledejte chybu.`,
    intended: 'Rozdíly jsou záměr, chci zveřejnit',
    note: 'Co se mění', noteHint: 'Kolegové to uvidí v seznamu verzí.', missingNote: 'Napište, co nová verze mění.',
    done: (n: number): string => `Zveřejněna verze ${n}`, doneText: 'Nové případy už běží podle ní.', toVersion: (n: number): string => `Otevřít verzi ${n}`,
  },
} as const;
