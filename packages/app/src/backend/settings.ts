import { isIP } from "node:net";
import { UsageError, type Options } from "../command.ts";

/** What the options and the environment say of a running backend. One place, so that the documentation can list it. */
export interface BackendSettings {
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string;
  readonly connectionsMax: number;
  readonly trustedProxies: readonly string[];
  readonly corsOrigins: readonly string[];
  readonly mail?: { readonly url: string; readonly from: string };
}

/** Each variable of the environment, and what it is for. */
export const variables = {
  PORT: "the port to listen on; 3000 unless said otherwise",
  HOST: "the address to listen on; 127.0.0.1 unless said otherwise",
  PUBLIC_URL: "where callers reach the backend, for links and headers",
  DATABASE_URL: "PostgreSQL, as the owner of the schema",
  ARCHWRIGHT_SECRET: "at least 32 characters: what secrets and signing keys are encrypted with",
  DATABASE_CONNECTIONS: "connections to the database, at most; 10 unless said otherwise",
  TRUSTED_PROXIES: "addresses of the proxies whose X-Forwarded-For is believed, comma-separated",
  CORS_ORIGINS: "origins whose pages may call from a browser, comma-separated",
  SMTP_URL: "where mail is sent by; without it messages stay in the table archwright.message",
  MAIL_FROM: "the sender of mail",
} as const;

export type Environment = Readonly<Record<string, string | undefined>>;

type Variable = keyof typeof variables;

/** @throws UsageError for the first setting that is none */
export function settingsOf(options: Options, environment: Environment): BackendSettings {
  const smtp = said(environment, "SMTP_URL");
  const publicUrl = said(environment, "PUBLIC_URL");
  if (smtp !== undefined) assertUrl("SMTP_URL", smtp, ["smtp:", "smtps:"], "smtps://user:password@mail.example.com");
  if (publicUrl !== undefined) assertUrl("PUBLIC_URL", publicUrl, ["http:", "https:"], "https://api.shop.example");
  return {
    port: portOf(options, environment),
    host: typeof options["host"] === "string" ? options["host"] : (said(environment, "HOST") ?? "127.0.0.1"),
    connectionsMax: wholeNumber("DATABASE_CONNECTIONS", said(environment, "DATABASE_CONNECTIONS") ?? "10", 1, 1_000),
    trustedProxies: listIn(environment, "TRUSTED_PROXIES", isNetwork, "10.0.0.0/8, 192.168.1.1 or loopback"),
    corsOrigins: listIn(environment, "CORS_ORIGINS", isOrigin, "https://shop.example or *"),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(smtp !== undefined && { mail: { url: smtp, from: said(environment, "MAIL_FROM") ?? "no-reply@localhost" } }),
  };
}

/**
 * The database that `start` serves from.
 *
 * @param otherwise what to do without one
 * @throws UsageError where there is none, or one that is not reached by name and password alone
 */
export function databaseUrlOf(environment: Environment, otherwise: string): string {
  const url = said(environment, "DATABASE_URL");
  if (url === undefined)
    throw new UsageError({
      what: "DATABASE_URL is not set.",
      why: "It says which PostgreSQL to work on.",
      fix: `Set it, as in DATABASE_URL=postgres://owner:password@host/name, or ${otherwise}.`,
    });
  assertUrl("DATABASE_URL", url, ["postgres:", "postgresql:"], databaseExample);
  const { hostname, searchParams, hash } = new URL(url);
  if (hash !== "" || url.split("@").length > 2) throw unreadableUrl("DATABASE_URL", "has an @ or a # too many", databaseExample);
  // Requests are served as another role than the owner, and that role takes the owner's place in this URL.
  const hidden = hostname === "" ? "a host" : ["user", "password"].find((name) => searchParams.has(name));
  if (hidden !== undefined)
    throw new UsageError({
      what: hostname === "" ? "DATABASE_URL names no host." : `DATABASE_URL says the ${hidden} behind a question mark.`,
      why: "The role that serves requests takes the owner's place before the @, and would not be the one that signs in.",
      fix: "Write it as postgres://owner:password@host/name.",
    });
  return url;
}

/** What secrets are encrypted with. @throws UsageError */
export function secretOf(environment: Environment): Buffer {
  const secret = said(environment, "ARCHWRIGHT_SECRET");
  if (secret !== undefined && secret.length >= secretLengthMin) return Buffer.from(secret);
  throw new UsageError({
    what: `ARCHWRIGHT_SECRET ${secret === undefined ? "is not set" : `has ${secret.length} characters, and needs ${secretLengthMin}`}.`,
    why: "Secrets and signing keys are encrypted with it, and every process of a deployment needs the same.",
    fix: "Make one, and keep it with your other secrets: openssl rand -hex 32",
  });
}

const secretLengthMin = 32;
const databaseExample = "postgres://owner:password@host/name";

const said = (environment: Environment, name: Variable): string | undefined => environment[name]?.trim() || undefined;

function portOf(options: Options, environment: Environment): number {
  const { port } = options;
  return typeof port === "string"
    ? wholeNumber("--port", port, 0, 65_535)
    : wholeNumber("PORT", said(environment, "PORT") ?? "3000", 0, 65_535);
}

function wholeNumber(name: "--port" | Variable, text: string, low: number, high: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= low && value <= high) return value;
  throw new UsageError({
    what: `${name} is "${text}".`,
    why: `It is a whole number from ${low} to ${high}.`,
    fix: "Give it such a number.",
  });
}

function assertUrl(name: Variable, url: string, protocols: readonly string[], example: string): void {
  if (URL.canParse(url) && protocols.includes(new URL(url).protocol)) return;
  throw unreadableUrl(name, `is no URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`, example);
}

// A URL may hold a password, so it is not repeated.
function unreadableUrl(name: Variable, what: string, example: string): UsageError {
  const encoded = example.includes("password") ? "; in a password @ is %40, : is %3A, / is %2F, # is %23 and % is %25" : "";
  return new UsageError({ what: `${name} ${what}.`, why: `It is ${variables[name]}.`, fix: `Write it as ${example}${encoded}.` });
}

function listIn(environment: Environment, name: Variable, fits: (part: string) => boolean, example: string): readonly string[] {
  const parts = (said(environment, name) ?? "").split(",").map((part) => part.trim());
  const wrong = parts.find((part) => part !== "" && !fits(part));
  if (wrong !== undefined)
    throw new UsageError({
      what: `${name} has "${wrong}" in it.`,
      why: `They are ${variables[name]}.`,
      fix: `Write each as in ${example}.`,
    });
  return parts.filter(Boolean);
}

function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  if (["loopback", "linklocal", "uniquelocal"].includes(text)) return true;
  const version = isIP(address);
  return version !== 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)));
}

function isOrigin(text: string): boolean {
  return text === "*" || (/^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text);
}
