// The simulators that the world is made of. A list.
export { createBankSimulator } from '../integrations/bank/simulator.ts';
export { createEconomySimulator } from '../integrations/economy/simulator.ts';
export { createCityPoliceSimulator } from '../integrations/city-police/simulator.ts';
export { createGopaySimulator } from '../integrations/gopay/simulator.ts';
export { createIsdsSimulator } from '../integrations/isds/simulator.ts';
export { createMailSimulator } from '../integrations/mail/simulator.ts';
export { createNiaSimulator } from '../integrations/nia/simulator.ts';
export { createOfficerLoginSimulator } from '../integrations/officer-login/simulator.ts';
export { createSmsSimulator } from '../integrations/sms/simulator.ts';
