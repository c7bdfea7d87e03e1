// The page docs/bpmn-rules.md: the structural rules as the engine has them, made from their register.
import { structureRules } from '../../server/engine/structure/index.ts';

export const PAGE = 'docs/bpmn-rules.md';

const SEVERITIES = {
  error: 'chyba',
  warning: 'varování',
  execution: 'chyba, má-li se proces provádět; jinak varování',
} as const;

type Rule = (typeof structureRules)[number];

export function rulesPage(): string {
  const rows = structureRules.map(
    (rule) => `| \`${rule.name}\` | ${severityOf(rule)} | ${rule.section} | ${rule.says.replaceAll('|', '\\|')} |`,
  );
  return `${HEAD.replace('%', String(structureRules.length))}\n${rows.join('\n')}\n`;
}

function severityOf({ severity, only, house }: Rule): string {
  if (only === 'bare') return `${SEVERITIES[severity]} (jen \`--bare\`; v životní situaci platí přísnější pravidlo domu)`;
  return house === undefined ? SEVERITIES[severity] : `${SEVERITIES[severity]}; v životní situaci chyba`;
}

const HEAD = `# Pravidla BPMN

Strukturální pravidla specifikace BPMN 2.0.2, podle kterých se diagram kontroluje před zveřejněním a při \`npm run -s trace -- SOUBOR --check\`.
Stránka se vyrábí z rejstříku pravidel (\`server/engine/structure\`): \`node tools/bpmn-rules.ts --write\`. Pravidel je %.

| pravidlo | závažnost | oddíl BPMN 2.0.2 | co říká |
|---|---|---|---|`;
