/**
 * Where the player is: the only file that knows the router. Links are plain `<a href>`; code goes with `go`. Screens are
 * handed in by `chart`, so that a screen may use this file without a circle.
 */
import { createRouter, type Routes } from 'sv-router';

export { Router } from 'sv-router';

let router: ReturnType<typeof createRouter> | undefined;

/** Names the screens, once, before anything is drawn. */
export function chart(routes: Routes): void {
  router = createRouter(routes);
  document.addEventListener('click', leaveModifiedClicksAlone);
}

/** Goes to an address of our own. */
export function go(path: string): Promise<unknown> {
  if (!router) return Promise.resolve();
  return router.navigate(path as never);
}

/** A named part of the present address, or nothing. */
export function part(name: string): string {
  const parameters = router?.route.params as Record<string, string | undefined> | undefined;
  return parameters?.[name] ?? '';
}

/** The present path; reactive. */
export function path(): string {
  return router?.route.pathname ?? '/';
}

/** The router takes every click on a link; one that asks for a new tab belongs to the browser. */
function leaveModifiedClicksAlone(event: MouseEvent): void {
  const wantsNewTab = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
  if (wantsNewTab && event.target instanceof Element && event.target.closest('a')) event.stopPropagation();
}
