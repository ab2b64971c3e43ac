import {
  actorFields,
  authRoutesOf,
  credentialFields,
  lookupOf,
  refreshFields,
  schemaScope,
  signUpFields,
  signUpRoles,
  type AuthRoute,
  type Model,
} from "@archwright/model";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { InputValues } from "../execution/seams.ts";
import { filesIn } from "../files/files-in-values.ts";
import type { Identity } from "../identity/identity.ts";
import { createChecks, type CompileCheck } from "./checks.ts";
import type { Gates } from "./gate.ts";
import { bodyReader, type ReadInput } from "./inputs.ts";
import { mount } from "./mount.ts";
import { problem } from "./problems.ts";
import { addressKey, type TakeRequest } from "./rate-limits.ts";

export interface AuthRoutesOptions {
  readonly model: Model;
  readonly identity: Identity;
  readonly gates: Gates;
  readonly take: TakeRequest;
}

/** Serves the routes by which a caller becomes somebody. */
export function serveAuth(app: FastifyInstance, options: AuthRoutesOptions): void {
  const scope = schemaScope(options.model);
  const handlers = authHandlers(options, createChecks(scope));
  for (const { name, method, path, status, result } of authRoutesOf(scope)) {
    mount(app, {
      method,
      path,
      gate: options.gates.forAddresses(name === "signOut" || name === "keys" ? "address" : "credentials"),
      ...(result && { schema: { response: { [status]: result } } }),
      async handler(request, reply) {
        const body = await handlers[name](request, reply);
        reply.code(status).header("cache-control", name === "keys" ? "public, max-age=60" : "no-store");
        return reply.send(body);
      },
    });
  }
}

type AuthHandlers = { readonly [name in AuthRoute["name"]]: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> };

function authHandlers({ model, identity, take }: AuthRoutesOptions, compile: CompileCheck): AuthHandlers {
  const readSignUp = signUpReader(model, compile);
  const readCredentials = bodyReader(credentialFields, compile);
  const readToken = bodyReader(refreshFields, compile);
  /** One address may try one email's password only so often. */
  const limit = (email: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const key = `${addressKey(request.ip)} ${String(email).toLowerCase()}`;
    const refusal = take("login", key, request.exchange.now.getTime(), reply);
    if (refusal) throw refusal;
  };
  return {
    async signUp(request, reply) {
      const { role, email, password, ...actor } = readSignUp(request);
      refuseFiles(model, String(role), actor);
      limit(email, request, reply);
      return identity.signUp({ role: String(role), email: String(email), password: String(password), actor });
    },
    async signIn(request, reply) {
      const { email, password } = readCredentials(request);
      limit(email, request, reply);
      return identity.signIn(String(email), String(password));
    },
    refresh: async (request) => identity.refresh(String(readToken(request)["refreshToken"])),
    signOut: async (request) => identity.signOut(String(readToken(request)["refreshToken"])),
    keys: async () => identity.publishedKeys(),
  };
}

/** Files are uploaded by accounts, so that one that comes with a sign-up is somebody else's. */
function refuseFiles(model: Model, role: string, actor: InputValues): void {
  const message = "must be left out: sign up first, upload the file, and change this field then";
  const fields = filesIn(actorFields(model, lookupOf(model).role(role)), actor).map(({ path }) => ({ path, message }));
  if (fields[0]) throw problem("invalid-input", { detail: `${fields[0].path} ${message}.`, fields });
}

/** Each role has a form of its own, and the body's `role` says which one it is; where there is one role only it need not. */
function signUpReader(model: Model, compile: CompileCheck): ReadInput {
  const forms = new Map(signUpRoles(model).map((role) => [role.name, bodyReader(signUpFields(model, role), compile)]));
  const only = forms.size === 1 ? [...forms.values()][0] : undefined;
  return (request) => {
    const form = only ?? forms.get(roleIn(request.body));
    if (form) return form(request);
    const message = `must be one of ${[...forms.keys()].map((name) => `"${name}"`).join(", ")}`;
    throw problem("invalid-input", { detail: `role ${message}.`, fields: [{ path: "role", message }] });
  };
}

function roleIn(body: unknown): string {
  const role: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "role") : undefined;
  return typeof role === "string" ? role : "";
}
