import { kebab, type Integration } from "@archwright/model";
import type { Adapter, PartySettings, Objection } from "./adapter.ts";

/** The settings, or what the model asks of a third party, do not allow a start. */
export class IntegrationsRefused extends Error implements Objection {
  readonly objections: readonly Objection[];
  /** All objections as one: the command shows a failure by these three. */
  readonly what: string;
  readonly why: string;
  readonly fix: string;

  constructor(objections: readonly Objection[]) {
    super(objections.map(({ what, why, fix }) => `${what}\n  why: ${why}\n  fix: ${fix}`).join("\n"));
    this.name = "IntegrationsRefused";
    this.objections = objections;
    const together = (words: readonly string[]): string => [...new Set(words)].join(" ");
    this.what = together(objections.map(({ what }) => what));
    this.why = together(objections.map(({ why }) => why));
    this.fix = together(objections.map(({ fix }) => fix));
  }
}

/**
 * Everything that is wrong, would only show at the first call or the first event, and can be known before. A setting that is merely missing is none:
 * the calls that need it fail and say so, while the rest can be developed.
 */
export function objectionsTo(integration: Integration, settings: PartySettings, adapter: Adapter): readonly Objection[] {
  const isCalled = integration.calls.length > 0;
  return [
    ...(isCalled && settings.url !== undefined ? objectionsToUrl(integration.name, settings.url, adapter) : []),
    ...(isCalled && settings.key !== undefined ? objectionsToKey(integration.name, settings.key, adapter) : []),
    ...(integration.webhooks.length > 0 && integration.verify === "mtls" ? [tlsEndsBefore(integration.name)] : []),
    ...adapter.objections(integration, settings),
  ];
}

function objectionsToUrl(name: string, url: string, { variables, defaultUrl }: Adapter): readonly Objection[] {
  const variable = variables(name).url;
  const why = "Calls go there with our key in them, and nothing else is known to be there.";
  const example = defaultUrl ?? `https://api.${kebab(name)}.example`;
  const fix = `Set ${variable} to an address such as ${example}; http: is for stand-ins on this machine.`;
  if (!URL.canParse(url)) return [{ what: `The URL of ${name}, "${url}", is none.`, why, fix }];
  const { protocol, username, search, hash } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return [{ what: `The URL of ${name} begins with "${protocol}".`, why, fix }];
  if (username !== "" || search !== "" || hash !== "")
    return [{ what: `The URL of ${name} has a user, a query or a fragment.`, why: "The path of each call is put behind it.", fix }];
  return [];
}

function objectionsToKey(name: string, key: string, { variables }: Adapter): readonly Objection[] {
  if (/^[\x21-\x7e]+$/.test(key)) return [];
  return [
    {
      // The key itself stays out of the message, which ends up in logs.
      what: `The key for ${name} has characters that no HTTP header can carry.`,
      why: "Every call would fail.",
      fix: `Set ${variables(name).key} to the key as ${name} shows it, without spaces and line ends.`,
    },
  ];
}

const tlsEndsBefore = (name: string): Objection => ({
  what: `${name} is verified by "mtls", which this server cannot do itself.`,
  why: "TLS ends at the proxy in front of it, so that it sees no client certificate and would have to believe everybody.",
  fix: 'Let the proxy check the certificate and add a secret token, and write verify: "token"; or use "signature".',
});
