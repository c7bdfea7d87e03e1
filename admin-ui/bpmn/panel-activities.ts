// What only some activities and gateways have: the called process, the script, the order of a free sub-process, tokens in and out.
import type { Choices } from './choices.ts';
import { isKind } from './diagram.ts';
import type { Model, Services, Shape } from './diagram.ts';
import { definitionsRoot } from './edits.ts';
import { expressionArea } from './panel-expressions.ts';
import { areaField, checkField, selectField, textField } from './panel-fields.ts';
import type { Entry } from './panel-fields.ts';

export function activityEntries(element: Shape, services: Services, choices: Choices): readonly Entry[] {
  return [
    ...callEntries(element, services, choices),
    ...scriptEntries(element, services),
    ...adHocEntries(element, services),
    ...complexEntries(element, services),
  ];
}

function callEntries(element: Shape, services: Services, choices: Choices): readonly Entry[] {
  const model = element.businessObject;
  if (!isKind(model, 'bpmn:CallActivity')) return [];
  const own = ((definitionsRoot(model).get('rootElements') as readonly Model[] | undefined) ?? [])
    .filter((root) => isKind(root, 'bpmn:Process', 'bpmn:GlobalTask') && !contains(root, model))
    .map((root) => ({ value: root.id, label: `${root.name ?? root.id} (v tomto souboru)` }));
  const taken = new Set(own.map(({ value }) => value));
  return [
    selectField({
      id: 'spis-called',
      label: 'Volaný proces',
      description: 'Proces jiné situace se při zveřejnění přibalí v té podobě, v jaké je tehdy zveřejněn.',
      options: [...own, ...choices.processes.filter(({ value }) => !taken.has(value))],
      read: () => String(model.get('calledElement') ?? ''),
      write: (id) => services.modeling.updateProperties(element, { calledElement: id === '' ? undefined : id }),
    }),
  ];
}
function contains(root: Model, model: Model | undefined): boolean {
  return model !== undefined && (model === root || contains(root, model.$parent));
}

function scriptEntries(element: Shape, services: Services): readonly Entry[] {
  const model = element.businessObject;
  if (!isKind(model, 'bpmn:ScriptTask')) return [];
  return [
    areaField({
      id: 'spis-script',
      label: 'Výpočet (FEEL)',
      description: 'Například: podani.clenove[vek >= 15]. Výsledek se uloží do proměnné výsledku.',
      read: () => String(model.get('script') ?? ''),
      write: (script) =>
        services.modeling.updateProperties(
          element,
          script.trim() === '' ? { script: undefined, scriptFormat: undefined } : { script, scriptFormat: 'application/feel' },
        ),
    }),
  ];
}

function adHocEntries(element: Shape, services: Services): readonly Entry[] {
  const model = element.businessObject;
  if (!isKind(model, 'bpmn:AdHocSubProcess')) return [];
  return [
    selectField({
      id: 'spis-ordering',
      label: 'Kroky uvnitř',
      options: [
        { value: 'Parallel', label: 'i více najednou' },
        { value: 'Sequential', label: 'vždy jen jeden' },
      ],
      read: () => String(model.get('ordering') ?? 'Parallel'),
      write: (ordering) => services.modeling.updateModdleProperties(element, model, { ordering: ordering === '' ? undefined : ordering }),
    }),
    expressionArea(
      { element, services, owner: model, property: 'completionCondition' },
      { id: 'spis-adhoc-completion', label: 'Hotovo, když platí (FEEL)', description: 'Například: ohledani.provedeno = true' },
    ),
    checkField({
      id: 'spis-adhoc-cancel',
      label: 'Rozdělané kroky pak zrušit',
      read: () => model.get('cancelRemainingInstances') !== false,
      write: (cancelRemainingInstances) => services.modeling.updateModdleProperties(element, model, { cancelRemainingInstances }),
    }),
  ];
}

function complexEntries(element: Shape, services: Services): readonly Entry[] {
  const model = element.businessObject;
  if (!isKind(model, 'bpmn:ComplexGateway')) return [];
  return [
    expressionArea(
      { element, services, owner: model, property: 'activationCondition' },
      {
        id: 'spis-activation',
        label: 'Pokračovat, když platí (FEEL)',
        description: 'Kolik cest už došlo, říká activationCount. Například: activationCount >= 2',
      },
    ),
  ];
}

/** Rarely needed, so kept apart and closed. */
export function rareEntries(element: Shape, services: Services): readonly Entry[] {
  const model = element.businessObject;
  if (!isKind(model, 'bpmn:Activity') || model.get('triggeredByEvent') === true) return [];
  const amount = (property: 'startQuantity' | 'completionQuantity', label: string): Entry =>
    textField({
      id: `spis-${property}`,
      label,
      description: 'Celé číslo. Bez vyplnění 1.',
      read: () => (model.get(property) === 1 ? '' : String(model.get(property) ?? '')),
      write: (text) =>
        services.modeling.updateModdleProperties(element, model, { [property]: /^[1-9]\d*$/.test(text.trim()) ? Number(text) : undefined }),
    });
  return [
    checkField({
      id: 'spis-for-compensation',
      label: 'Kompenzační krok (bere zpět práci jiného)',
      read: () => model.get('isForCompensation') === true,
      write: (isForCompensation) => services.modeling.updateProperties(element, { isForCompensation }),
    }),
    amount('startQuantity', 'Kolik příchodů krok spustí'),
    amount('completionQuantity', 'Kolikrát krok pošle případ dál'),
  ];
}
