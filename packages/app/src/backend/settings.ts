import { UsageError, type Options } from "../command.ts";

/** What the environment says of a running backend. One place, so that the documentation can list it. */
export interface BackendSettings {
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string;
  readonly databaseUrl?: string;
  readonly secret?: string;
  readonly connectionsMax: number;
  readonly trustedProxies: readonly string[];
  readonly corsOrigins: readonly string[];
  readonly mail?: { readonly url: string; readonly from: string };
}

/** Each variable of the environment, and what it is for. */
export const variables = {
  PORT: "the port to listen on",
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

type Environment = Readonly<Record<string, string | undefined>>;

export function settingsOf(options: Options, environment: Environment): BackendSettings {
  const said = (name: keyof typeof variables): string | undefined => environment[name] || undefined;
  const portText = typeof options["port"] === "string" ? options["port"] : (said("PORT") ?? "3000");
  const smtp = said("SMTP_URL");
  const [publicUrl, databaseUrl, secret] = [said("PUBLIC_URL"), said("DATABASE_URL"), said("ARCHWRIGHT_SECRET")];
  return {
    port: wholeNumber(portText, "The port", 0, 65_535),
    host: typeof options["host"] === "string" ? options["host"] : (said("HOST") ?? "127.0.0.1"),
    connectionsMax: wholeNumber(said("DATABASE_CONNECTIONS") ?? "10", "DATABASE_CONNECTIONS", 1, 1_000),
    trustedProxies: listIn(said("TRUSTED_PROXIES")),
    corsOrigins: listIn(said("CORS_ORIGINS")),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(secret !== undefined && { secret }),
    ...(smtp !== undefined && { mail: { url: smtp, from: said("MAIL_FROM") ?? "no-reply@localhost" } }),
  };
}

const listIn = (text = ""): readonly string[] => text.split(",").map((part) => part.trim()).filter(Boolean);

function wholeNumber(text: string, what: string, low: number, high: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= low && value <= high) return value;
  throw new UsageError({ what: `${what} is "${text}".`, why: `It is a whole number from ${low} to ${high}.`, fix: `Give it such a number.` });
}
