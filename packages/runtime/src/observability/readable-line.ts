/** A line of the JSON log for a person: `12:00:01.123 info  POST /orders 201 12 ms customer`. Text that is no such line stays as it is. */
export function readableLine(json: string): string {
  const facts = parsed(json);
  if (!facts) return `${json}\n`;
  const { time, level, message, err, ...rest } = facts;
  const said = rest["route"] === undefined ? withFacts(text(message), rest) : requestInWords(rest);
  return `${text(time).slice(11, 23)} ${text(level).padEnd(5)} ${said}\n${errorLines(err)}`;
}

type Facts = Readonly<Record<string, unknown>>;

function requestInWords({ method, route, status, ms, role, requestId, ...rest }: Facts): string {
  const { caller: _caller, ...others } = rest;
  return withFacts(`${text(method)} ${text(route)} ${text(status)} ${text(ms)} ms ${text(role)}`, { ...others, requestId });
}

function withFacts(sentence: string, facts: Facts): string {
  const said = Object.entries(facts).filter(([, value]) => value !== undefined);
  return [sentence, ...said.map(([name, value]) => `${name}=${text(value)}`)].filter((part) => part !== "").join(" ");
}

function errorLines(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const { stack, message, cause } = error as Facts; // An object has properties of unknown types.
  const lines = text(stack ?? message).split("\n");
  return `${lines.map((line) => `    ${line}\n`).join("")}${errorLines(cause)}`;
}

function text(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function parsed(json: string): Facts | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Facts) : undefined; // Looked at in this line.
  } catch {
    return undefined;
  }
}
