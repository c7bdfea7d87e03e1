// The code of an offered mandate on its way through the login: the address keeps it behind `#`, which a login would lose, so it waits in this tab.
const KEY = 'vyrizeno.offer';

/** Called as early as the page of the offer is drawn, also for somebody who is not logged in yet. */
export function keepOfferCode(): void {
  if (location.pathname !== '/zastupovani/prijmout' || location.hash.length < 2) return;
  sessionStorage.setItem(KEY, location.hash.slice(1));
  history.replaceState(history.state, '', location.pathname);
}

/** '' when there is none. */
export function takeOfferCode(): string {
  keepOfferCode();
  return sessionStorage.getItem(KEY) ?? '';
}
