import { afterEach, expect, test, vi } from 'vitest';
import { listRooms, type Problem, takeSeat } from '../../src/net/http';

afterEach(() => vi.unstubAllGlobals());

const serve = (answer: () => Promise<Response>) => {
  const calls: [string, RequestInit][] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => (calls.push([path, init]), answer()));
  return calls;
};
const problemOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (problem: Problem) => problem,
  );

test('a request carries JSON to an address in which the code is only data', async () => {
  const calls = serve(async () => Response.json({ seat: 'luna' }));
  await expect(takeSeat('../x', 'Vera')).resolves.toEqual({ seat: 'luna' });
  expect(calls[0]?.[0]).toBe('/api/rooms/..%2Fx/seat');
  expect(calls[0]?.[1].body).toBe('{"nickname":"Vera"}');
});

test("an error has the server's code and is not passing", async () => {
  serve(async () => Response.json({ code: 'not_found', message: 'no such room' }, { status: 404 }));
  const problem = await problemOf(listRooms());
  expect(problem).toMatchObject({ code: 'not_found', status: 404, isPassing: false });
});

test('an error page that is not JSON is still a problem, and a passing one', async () => {
  serve(async () => new Response('<h1>Bad gateway</h1>', { status: 502 }));
  expect(await problemOf(listRooms())).toMatchObject({ code: 'unexpected', isPassing: true });
});

test('no network is a problem called offline', async () => {
  serve(() => Promise.reject(new TypeError('failed')));
  expect(await problemOf(listRooms())).toMatchObject({ code: 'offline', isPassing: true });
});
