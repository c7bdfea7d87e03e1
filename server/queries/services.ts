// The public catalogue: what the town offers, made from the newest published versions.
import { serviceBody, usualWay, type CompiledSituation } from '../catalog/index.ts';
import type { ServiceCard, ServiceList, ServicePage } from '../contract/portal.ts';
import { Problem } from '../domain/problem.ts';
import { newestVersion, newestVersions } from '../store/situations.ts';
import { inLang, inTurn, situationOf, type Lang, type Reader } from './reader.ts';

export function listServices(reader: Reader, tenantId: number, query: string, lang: Lang): Promise<ServiceList> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const versions = await newestVersions(trx, tenantId);
    const situations = await inTurn(versions, (version) => situationOf(reader, trx, tenantId, version.id));
    const found = situations
      .filter((situation) => matches(situation, query, lang))
      .map((situation) => card(situation, lang))
      .sort((a, b) => a.title.localeCompare(b.title, lang));
    const categories = [...new Set(situations.map((situation) => situation.sheet.category))].sort((a, b) => a.localeCompare(b, lang));
    return { services: found, categories, query };
  });
}

export function servicePage(reader: Reader, tenantId: number, id: string, lang: Lang): Promise<ServicePage> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const version = await newestVersion(trx, tenantId, id);
    if (!version) throw new Problem('not-found', 'service-not-found');
    const situation = await situationOf(reader, trx, tenantId, version.id);
    const { sheet } = situation;
    return {
      ...card(situation, lang),
      where: inLang(sheet.where, lang),
      how: sheet.how.map((text) => inLang(text, lang)),
      contact: sheet.contact,
      fees: sheet.fees.map((fee) => ({ what: inLang(fee.what, lang), amount: inLang(fee.amount, lang) })),
      deadline: inLang(sheet.deadlineText, lang),
      needed: sheet.needed.map((text) => inLang(text, lang)),
      law: sheet.law,
      channels: sheet.channels,
      login: sheet.login,
      bodyHtml: serviceBody(situation, lang),
      steps: usualWay(situation.model, null, lang).map((step) => step.text.title),
      version: version.number,
    };
  });
}

function card(situation: CompiledSituation, lang: Lang): ServiceCard {
  const { sheet } = situation;
  return {
    id: sheet.id,
    title: inLang(sheet.title, lang),
    summary: inLang(sheet.summary, lang),
    category: sheet.category,
    department: sheet.department,
    online: sheet.channels.includes('portal'),
    fillingMinutes: sheet.fillingMinutes,
    fee: sheet.fees[0] ? inLang(sheet.fees[0].amount, lang) : '',
  };
}

/** Every word of the query begins a word of the title, summary, category or keywords; diacritics and case do not matter. */
function matches(situation: CompiledSituation, query: string, lang: Lang): boolean {
  const { sheet } = situation;
  const words = plain(
    [inLang(sheet.title, lang), inLang(sheet.summary, lang), sheet.category, sheet.department, ...sheet.keywords].join(' '),
  ).split(/[^\p{L}\p{N}]+/u);
  return plain(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .every((wanted) => words.some((word) => word.startsWith(wanted)));
}
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('cs');
