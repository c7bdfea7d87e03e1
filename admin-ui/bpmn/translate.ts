// The translate modules of bpmn-js and dmn-js in Czech. A text missing in the dictionary stays English and is
// told once to the console's debug level, where the browser test collects it.
import { dictionary } from './dictionary.cs.ts';
import { dmnDictionary } from './dictionary-dmn.cs.ts';

type Translate = (template: string, replacements?: Readonly<Record<string, string>>) => string;

function translator(words: Readonly<Record<string, string>>): Translate {
  const missed = new Set<string>();
  return (template, replacements = {}) => {
    const czech = words[template];
    if (czech === undefined && !missed.has(template)) {
      missed.add(template);
      console.debug(`untranslated: ${template}`);
    }
    return (czech ?? template).replace(/\{\s*([^}]+?)\s*\}/g, (whole, key: string) => replacements[key] ?? whole);
  };
}

export const translate = translator(dictionary);
export const translateModule = { translate: ['value', translate] };
export const dmnTranslateModule = { translate: ['value', translator({ ...dictionary, ...dmnDictionary })] };
