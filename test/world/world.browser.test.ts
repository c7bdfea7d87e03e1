// The pages of the simulated outside in a real browser: a person pays and reads a message, and axe finds nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Koa from 'koa';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailConnector } from '../../server/integrations/mail/index.ts';
import { smtpAccount } from '../../server/integrations/simulated-mailboxes.ts';
import { createWorld } from '../../server/world/world.ts';
import type { World } from '../../server/world/world.ts';
import { expectAccessible, launchBrowser } from '../setup/browser.ts';

let folder: string;
let world: World;
let server: Server;
let base: string;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'world-'));
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/zkusebni-svet`;
  world = await createWorld({
    baseUrl: base,
    dataDir: folder,
    clockFile: join(folder, 'clock.json'),
    smtpPort: 0,
    townUrl: '/',
    deliverMs: 0,
  });
  const app = new Koa();
  app.use(world.middleware);
  server.on('request', app.callback());
  browser = await launchBrowser();
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the simulated outside in a browser', () => {
  it('lets a person break the data boxes for an hour and mend them', async () => {
    await page.goto(base);
    await expectAccessible(page, { atLeastControls: 1 });
    await page.getByRole('button', { name: 'Způsobit poruchu' }).click();
    await page.getByText('Datové schránky: nefunguje (odstávka)').waitFor();
    await expectAccessible(page, { atLeastControls: 1 });
    await page.getByRole('button', { name: 'Všechno opravit' }).click();
    await page.getByText('Všechno funguje.').waitFor();
  });

  it('lets a person write to the town and read what came', async () => {
    await page.goto(`${base}/isds/schranka/jnovot7`);
    await page.getByLabel('Věc').fill('Dotaz na poplatek');
    await page.getByLabel('Text').fill('Kolik se platí?');
    await page.getByRole('button', { name: 'Odeslat zprávu' }).click();
    await page.getByText('dodána do schránky').waitFor();
    await expectAccessible(page, { atLeastControls: 1 });
    await page.goto(`${base}/isds/schranka/mulipo5`);
    await page.getByRole('button', { name: 'Přihlásit se do schránky' }).click();
    await page.getByRole('link', { name: 'Dotaz na poplatek' }).click();
    await page.getByRole('heading', { level: 1, name: 'Dotaz na poplatek' }).waitFor();
    await expectAccessible(page, { atLeastControls: 1 });
    await page.goto(`${base}/isds/`);
    await expectAccessible(page, { atLeastControls: 1 });
  });

  it('lets a person pay by hand at the bank', async () => {
    await page.goto(`${base}/bank/`);
    await page.getByLabel('Částka v Kč').fill('150,00');
    await page.getByLabel('Variabilní symbol').fill('1341000017');
    await page.getByRole('button', { name: 'Odeslat platbu' }).click();
    await page.getByRole('cell', { name: '1341000017' }).waitFor();
    await expectAccessible(page, { atLeastControls: 1 });
  });

  it('shows what a system has done and what is broken in it', async () => {
    await page.goto(`${base}/system/isds`);
    await page.getByLabel('Co se stane').selectOption('slow');
    await page.getByRole('button', { name: 'Způsobit poruchu' }).click();
    await page.getByRole('button', { name: /^Odstranit: odpovídá po 30 sekundách/ }).waitFor();
    await page.screenshot({ path: 'test-results/world-system.png', fullPage: true });
    await expectAccessible(page, { atLeastControls: 4 });
    await page.getByRole('button', { name: /^Odstranit/ }).press('Enter');
    await page.getByText('Nic, systém odpovídá správně.').waitFor();
    await page.goto(`${base}/`);
    await page.screenshot({ path: 'test-results/world.png', fullPage: true });
  });

  it('shows e-mails', async () => {
    const mail = createMailConnector({
      host: '127.0.0.1',
      port: world.smtpPort,
      caPem: world.authority('mail'),
      servername: 'localhost',
      ...smtpAccount,
      from: 'a@lipova.example',
      domain: 'lipova.example',
    });
    await mail.effects['mail.send']?.perform('k', { to: 'jana@example.cz', subject: 'Přijato', text: 'Dobrý den', documents: [] }, []);
    await page.goto(`${base}/mail/`);
    await expectAccessible(page, { atLeastControls: 1 });
    await page.getByRole('link', { name: 'Přijato' }).click();
    await page.getByText('Dobrý den').waitFor();
    await expectAccessible(page, { atLeastControls: 1 });
  });

  it('lets a person write to the podatelna by keyboard, with an attachment', async () => {
    await page.goto(`${base}/imap/`);
    await expectAccessible(page, { atLeastControls: 7 });
    await page.getByLabel('Předmět').fill('Stížnost na hluk');
    await page.getByLabel('Text').fill('Prosím o prošetření.');
    await page.getByLabel('Přílohy').setInputFiles({ name: 'důkaz.txt', mimeType: 'text/plain', buffer: Buffer.from('ticho') });
    await page.getByRole('button', { name: 'Odeslat e-mail' }).press('Enter');
    await page.getByRole('status').waitFor();
    await page.getByRole('cell', { name: 'Stížnost na hluk' }).waitFor();
    await page.screenshot({ path: 'test-results/world-podatelna.png', fullPage: true });
    await expectAccessible(page, { atLeastControls: 7 });
    const letters = world.parts.find(({ simulator }) => simulator.name === 'mail')?.simulator.ledger() as readonly {
      readonly attachments: readonly string[];
    }[];
    expect(letters.map(({ attachments }) => attachments)).toContainEqual(['důkaz.txt']);
  });

  it('shows the gateway without payments', async () => {
    await page.goto(`${base}/gopay/`);
    await expectAccessible(page, { atLeastControls: 1 });
  });
});
