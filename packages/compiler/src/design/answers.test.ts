import { expect, test } from "vitest";
import { undecided } from "../decide/deciding.ts";
import { modelOf, sample } from "../lint/testing.ts";
import { answerOf } from "./answers.ts";

const { Orders, customer, contexts } = sample();
const place = Orders.command("place", { allow: [customer], async handle() {} });
const open = undecided(modelOf(contexts, { team: 3, rto: "1h", availability: "99.9%", load: [{ on: place, mean: "5/s", peak: "50/s" }] }));
const valueOf = (said: string): number | string => {
  const answer = answerOf(open, said);
  return "what" in answer ? `${answer.what} ${answer.fix}` : answer.value;
};

test("a number is read in the unit that is written", () => {
  expect(["place.peak=500/s", "place.peak=3000/min", "team=12", "availability=99.95%", "rto=2h", "rto=30min"].map(valueOf)).toEqual([
    500, 50, 12, 0.9995, 7_200_000, 1_800_000,
  ]);
});

test("a choice can be forced", () => {
  expect(valueOf("placement=process-per-context")).toBe(2);
});

test("a choice that is no option is refused with the options", () => {
  expect(valueOf("placement=moon")).toBe(
    '"moon" is no option of placement. Choose one of one-process, process-per-group, process-per-context.',
  );
});

test("a name that nothing has is refused with the nearest", () => {
  expect(valueOf("orders.place.peek=5/s")).toBe('Nothing in this design is called "orders.place.peek". Did you mean orders.place.peak?');
});

test("text where a number belongs is refused with an example", () => {
  expect(valueOf("team=many")).toBe('"many" is no number for people who build and run it. Write it like team=12.');
  expect(valueOf("availability=5 apples")).toContain("Write it like availability=99.9%.");
});

test("what supposes nothing is refused", () => {
  expect(valueOf("team")).toBe('"team" supposes nothing. Write it like placeOrder.peak=500/s, team=12 or broker=kafka.');
});

test("a number of another kind than is asked for is refused", () => {
  expect(valueOf("availability=300/s")).toContain('"300/s" is no number for promised availability.');
  expect(valueOf("place.peak=99%")).toContain("Write it like orders.place.peak=500/s.");
  expect(valueOf("team=2h")).toContain("Write it like team=12.");
});

test("a share beyond the whole is refused, except for growth", () => {
  expect(valueOf("availability=300%")).toContain("Write it like availability=99.9%.");
  expect(valueOf("growth=150%")).toBe(1.5);
});
