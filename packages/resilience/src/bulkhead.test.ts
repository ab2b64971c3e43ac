import fc from "fast-check";
import { expect, test } from "vitest";
import { Bulkhead, type WaitAnswer } from "./bulkhead.ts";

test("calls enter up to the limit, wait up to the next, and are refused beyond", () => {
  const bulkhead = new Bulkhead({ inFlightMax: 1, waitersMax: 1, waitMs: 100 });
  expect([1, 2, 3].map(() => bulkhead.enter(0).kind)).toEqual(["entered", "waiting", "refused"]);
});

test("a place that is given back goes to the one who has waited longest", () => {
  const bulkhead = new Bulkhead({ inFlightMax: 1, waitersMax: 2 });
  const [first, second, third] = [bulkhead.enter(0), bulkhead.enter(1), bulkhead.enter(2)];
  expect(bulkhead.leave(first.ticket, 3)).toEqual([{ ticket: second.ticket, kind: "entered" }]);
  expect(bulkhead.leave(second.ticket, 4)).toEqual([{ ticket: third.ticket, kind: "entered" }]);
});

test("a waiter whose time is up is told so, and does not enter", () => {
  const bulkhead = new Bulkhead({ inFlightMax: 1, waitersMax: 1, waitMs: 100 });
  const [first, second] = [bulkhead.enter(0), bulkhead.enter(0)];
  expect(bulkhead.leave(first.ticket, 100)).toEqual([{ ticket: second.ticket, kind: "expired" }]);
  expect(bulkhead.inFlight).toBe(0);
});

test("a caller's own patience can only shorten the wait", () => {
  const bulkhead = new Bulkhead({ inFlightMax: 1, waitMs: 100 });
  bulkhead.enter(0);
  expect(bulkhead.enter(0, 30)).toMatchObject({ kind: "waiting", expiresAtMs: 30 });
  expect(bulkhead.enter(0, 3_000)).toMatchObject({ kind: "waiting", expiresAtMs: 100 });
  expect(bulkhead.enter(0, 0)).toMatchObject({ kind: "refused" });
});

test("a waiter that withdraws does not take the place", () => {
  const bulkhead = new Bulkhead({ inFlightMax: 1, waitersMax: 1 });
  const [first, second] = [bulkhead.enter(0), bulkhead.enter(0)];
  expect(bulkhead.withdraw(second.ticket)).toBe(true);
  expect(bulkhead.leave(first.ticket, 1)).toEqual([]);
  expect(bulkhead.withdraw(second.ticket)).toBe(false);
});

test("a place given back twice is a mistake", () => {
  const bulkhead = new Bulkhead();
  const { ticket } = bulkhead.enter(0);
  bulkhead.leave(ticket, 0);
  expect(() => bulkhead.leave(ticket, 0)).toThrow("Ticket 1 holds no place in the bulkhead: leave once, and only after having entered.");
});

test("an option out of its range is refused with the range", () => {
  expect(() => new Bulkhead({ inFlightMax: 0 })).toThrow("inFlightMax is 0: it must be a whole number from 1 to 100000.");
});

const anyOptions = fc.record({
  inFlightMax: fc.integer({ min: 1, max: 3 }),
  waitersMax: fc.integer({ min: 0, max: 4 }),
  waitMs: fc.constantFrom(0, 5, 40),
});
const anyStep = fc.record({
  kind: fc.constantFrom("enter", "enter", "enter", "leave", "leave", "expire", "withdraw"),
  afterMs: fc.constantFrom(0, 0, 1, 4),
  patienceMs: fc.constantFrom(0, 3, 5, 1_000),
  pick: fc.nat(),
});

test("law: never more than N are in flight, none waits beside a free place, and every waiter is answered once, in turn and in time", () => {
  fc.assert(
    fc.property(anyOptions, fc.array(anyStep, { maxLength: 80, size: "max" }), (options, steps) => {
      const bulkhead = new Bulkhead(options);
      const inFlight = new Set<number>();
      const waiting = new Map<number, number>();
      const broken: string[] = [];
      let nowMs = 0;
      const rule = (name: string, holds: boolean) => broken.push(...(holds ? [] : [name]));
      const hear = (answers: readonly WaitAnswer[]) => {
        for (const { ticket, kind } of answers) {
          const expiresAtMs = waiting.get(ticket) ?? Number.NaN;
          waiting.delete(ticket);
          const earlier = [...waiting].filter(([other, until]) => other < ticket && until > nowMs);
          rule("only a waiter is answered, and in time", kind === "expired" ? expiresAtMs <= nowMs : expiresAtMs > nowMs);
          rule("who waited longest enters", kind === "expired" || earlier.length === 0);
          if (kind === "entered") {
            inFlight.add(ticket);
          }
        }
      };
      for (const { kind, afterMs, patienceMs, pick } of steps) {
        nowMs += afterMs;
        const inside = [...inFlight][pick % Math.max(1, inFlight.size)];
        const outside = [...waiting.keys()][pick % Math.max(1, waiting.size)];
        if (kind === "enter") {
          const entry = bulkhead.enter(nowMs, patienceMs);
          hear(entry.answers);
          if (entry.kind === "waiting") {
            waiting.set(entry.ticket, entry.expiresAtMs);
          } else if (entry.kind === "entered") {
            inFlight.add(entry.ticket);
          }
        } else if (kind === "leave" && inside !== undefined) {
          inFlight.delete(inside);
          hear(bulkhead.leave(inside, nowMs));
        } else if (kind === "withdraw" && outside !== undefined) {
          waiting.delete(outside);
          rule("a waiter can withdraw", bulkhead.withdraw(outside));
        } else {
          hear(bulkhead.expire(nowMs));
        }
        const patient = [...waiting.values()].filter((until) => until > nowMs);
        rule("never more than N in flight", inFlight.size <= options.inFlightMax && waiting.size <= options.waitersMax);
        rule("none waits beside a free place", patient.length === 0 || inFlight.size === options.inFlightMax);
        rule("it counts right", bulkhead.inFlight === inFlight.size && bulkhead.waiting === waiting.size);
      }
      nowMs += options.waitMs;
      hear(bulkhead.expire(nowMs));
      rule("every waiter is answered", waiting.size === 0);
      expect(broken).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
