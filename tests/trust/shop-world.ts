import { randomBytes, randomUUID } from "node:crypto";
import { createPool, type Pool } from "../../packages/runtime/src/database/pool.ts";
import { testDatabase } from "../../packages/runtime/src/database/test-database.ts";
import { startStripeStandIn, type StripeStandIn } from "../../packages/runtime/src/standins/stripe.ts";
import { callerOf, type Caller } from "./caller.ts";
import { copyShop, killShops, startShop, type ShopProcess } from "./shop-process.ts";

/** The shop as a process of its own, its database, its payment provider, and callers of it. */
export interface ShopWorld {
  /** The process that serves now. */
  readonly shop: ShopProcess;
  readonly stripe: StripeStandIn;
  readonly webhookSecret: string;
  /** Of the superuser, whom row security does not bind. */
  readonly admin: Pool;
  /** Starts it again, at the same address. */
  restart(): Promise<ShopProcess>;
  /** Starts another process on the same database, at an address of its own. */
  another(environment?: Readonly<Record<string, string>>): Promise<ShopProcess>;
  stranger(): Caller;
  /** Signs a new customer up. */
  customer(): Promise<Customer>;
  staff(): Promise<Caller>;
  product(stock: number, priceCents?: number): Promise<string>;
  count(statement: string): Promise<number>;
  close(): Promise<void>;
}

export interface Customer extends Caller {
  readonly id: string;
  readonly email: string;
  readonly refreshToken: string;
}

export interface WorldOptions {
  /** Of a database that is there already, perhaps by way of a proxy. Default: a fresh one. */
  readonly adminUrl?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export const password = "correct horse battery staple";
const stripeKey = "sk_test_trust";

export async function shopWorld(options: WorldOptions = {}): Promise<ShopWorld> {
  const database = options.adminUrl === undefined ? await testDatabase() : undefined;
  const adminUrl = options.adminUrl ?? database?.adminUrl ?? "";
  const webhookSecret = `whsec_${randomBytes(24).toString("base64")}`;
  // It sends no events by itself: it would give up on a server that is down too often.
  const stripe = await startStripeStandIn({ secretKey: stripeKey, webhookSecret, now: () => new Date() });
  const { folder, remove } = copyShop();
  const environment = {
    DATABASE_URL: adminUrl,
    ARCHWRIGHT_SECRET: randomBytes(32).toString("hex"),
    STRIPE_URL: stripe.url,
    STRIPE_SECRET_KEY: stripeKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    TRUSTED_PROXIES: "loopback",
    ...options.environment,
  };
  let shop = await startShop({ folder, environment });
  const admin = adminPool(adminUrl);
  const stranger = (): Caller => callerOf(() => shop.url);
  const plant = plantingOf(admin, stranger);
  return {
    stripe,
    webhookSecret,
    admin,
    stranger,
    ...plant,
    get shop() {
      return shop;
    },
    async restart() {
      shop = await startShop({ folder, environment, port: shop.port });
      return shop;
    },
    another: (more = {}) => startShop({ folder, environment: { ...environment, ...more } }),
    async close() {
      await killShops();
      await stripe.close();
      await admin.end(1_000);
      await database?.drop();
      remove();
    },
  };
}

function adminPool(url: string): Pool {
  return createPool({
    url,
    max: 3,
    applicationName: "trust",
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 20_000,
    idleTimeoutMs: 1_000,
    onError: () => undefined,
  });
}

type Planting = Pick<ShopWorld, "customer" | "staff" | "product" | "count">;

function plantingOf(admin: Pool, stranger: () => Caller): Planting {
  const signUp = async (): Promise<Customer> => {
    const caller = stranger();
    const email = `${randomUUID()}@shop.example`;
    const { status, body, text } = await caller.send("POST", "/auth/sign-up", { body: { email, password, name: "Ada" } });
    if (status !== 201) throw new Error(`Signing up was answered ${status}: ${text}`);
    const tokens = { id: String(body["actor"]), email, refreshToken: String(body["refreshToken"]) };
    return { ...caller.as(String(body["accessToken"])), ...tokens };
  };
  const count = async (statement: string): Promise<number> => {
    const [result] = await admin.read([{ text: statement }]);
    return Number(Object.values(result?.rows[0] ?? {})[0] ?? 0);
  };
  return {
    customer: signUp,
    count,
    async staff() {
      const customer = await signUp();
      await admin.read([{ text: "update archwright.account set role = 'staff' where email = $1", values: [customer.email] }]);
      const caller = stranger();
      const { body } = await caller.send("POST", "/auth/sign-in", { body: { email: customer.email, password } });
      return caller.as(String(body["accessToken"]));
    },
    async product(stock, priceCents = 1_290) {
      const id = `prd_${randomBytes(13).toString("hex")}`;
      const text = 'insert into "catalog"."product" (id, name, price, stock) values ($1, $2, $3, $4)';
      await admin.read([{ text, values: [id, `Tea ${id}`, priceCents, stock] }]);
      return id;
    },
  };
}

export const orderOf = (product: string, quantity = 1): { readonly items: readonly object[] } => ({ items: [{ product, quantity }] });
