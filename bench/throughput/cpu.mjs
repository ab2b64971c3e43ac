import { readdirSync, readFileSync } from "node:fs";

// Linux counts processor time in ticks of 10 ms.
const usPerTick = 10_000;

/** Microseconds of processor time that a process has used, with all its threads. */
export function cpuOf(pid) {
  const [user, system] = statOf(pid).slice(11, 13);
  return (Number(user) + Number(system)) * usPerTick;
}

/** The same for a PostgreSQL server: its postmaster, whatever that started, and what of it has ended. */
export function cpuOfServer(postmaster) {
  const [user, system, childrenUser, childrenSystem] = statOf(postmaster).slice(11, 15).map(Number);
  const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === String(postmaster));
  return (user + system + childrenUser + childrenSystem) * usPerTick + children.reduce((sum, pid) => sum + safely(() => cpuOf(pid)), 0);
}

// The name of the program is in brackets, and may hold anything.
const statOf = (pid) =>
  readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
const parentOf = (pid) => safely(() => statOf(pid)[1]);

function safely(read) {
  try {
    return read();
  } catch {
    return 0; // It ended meanwhile.
  }
}
