import { context, role, system, t } from "@archwright/model/language";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forgetOld } from "../../packages/runtime/src/events/retention.ts";
import { newId } from "../../packages/runtime/src/execution/identifier.ts";
import { quietLog } from "./running-model.ts";
import { serveModel, type Client, type JsonObject, type Serving } from "./serving.ts";

const Identity = context("identity");
const photo = () => t.file({ max: "1MB", types: ["image/*"] });
const User = Identity.entity("User", { id: t.id("usr"), name: t.text(), face: photo().optional() });
const customer = role("customer", User, { signUp: true });
const staff = role("staff", User);
Identity.access(User, [{ role: customer, can: ["read"], where: (user, me) => user.id.eq(me.id) }]);

const Claims = context("claims");
Claims.entity(
  "Claim",
  {
    id: t.id("clm"),
    owner: t.ref(User),
    note: t.text().optional(),
    photo: photo().optional(),
    cover: t.json({ note: t.text().optional(), letter: t.file({ max: "1KB", types: ["application/pdf"] }).optional() }).optional(),
    pages: t.list({ scan: photo(), parts: t.list({ note: t.text(), part: photo() }).optional() }).max(5),
  },
  {
    access: [
      { role: customer, can: ["read", "list", "create", "update"], where: (claim, me) => claim.owner.eq(me.id) },
      { role: staff, can: ["read", "list", "update"] },
    ],
  },
);
const Page = Claims.entity("Page", { id: t.id("pag"), html: t.file({ max: "10KB", types: ["text/html"] }) });
const Published = Claims.event("Published", { html: t.file({ max: "10KB", types: ["text/html"] }) });
Claims.command("publish", {
  http: "POST /publish",
  allow: [customer],
  input: { html: t.file({ max: "10KB", types: ["text/html"] }), refuse: t.bool().default(false) },
  errors: { Refused: 409 },
  returns: Page,
  body: ({ input, create, require, emit, fail }) => {
    const page = create(Page, { html: input.html });
    require(input.refuse.not(), fail("Refused"));
    emit(Published, { html: input.html });
    return page;
  },
});
const archive = Claims.command("archive", {
  allow: "system",
  input: { html: t.file({ max: "10KB", types: ["text/html"] }) },
  body: ({ input, create }) => void create(Page, { html: input.html }),
});
Claims.on(Published, archive);
Claims.query("isMine", {
  http: "GET /is-mine",
  allow: [customer],
  input: { photo: photo() },
  returns: t.bool(),
  async handle() {
    return true;
  },
});

const password = "correct horse battery staple";
const png = Buffer.from("89504e470d0a1a0a00ff", "hex");
let serving: Serving;
let [ada, bob, clerk] = ["", "", ""];
let adaId = "";

beforeAll(async () => {
  serving = await serveModel(system("claims", { contexts: [Identity, Claims] }));
  await serving.account("staff", "staff@example.com");
  const signedUp = await signUp("ada");
  [ada, adaId] = [String(signedUp["accessToken"]), String(signedUp["actor"])];
  bob = String((await signUp("bob"))["accessToken"]);
  const { body } = await serving.client().send("POST", "/auth/sign-in", { email: "staff@example.com", password });
  clerk = String(body["accessToken"]);
}, 60_000);
afterAll(() => serving.close());

async function signUp(name: string): Promise<JsonObject> {
  return (await serving.client().send("POST", "/auth/sign-up", { email: `${name}@example.com`, password, name })).body;
}

function send(body: BodyInit | undefined, type: string | undefined, token = ada, more: Record<string, string> = {}): Promise<Response> {
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(type !== undefined && { "content-type": type }), ...more };
  const streamed = body instanceof ReadableStream ? { duplex: "half" } : {};
  return fetch(`${serving.server.url}/files`, { method: "POST", headers, ...(body !== undefined && { body }), ...streamed });
}

async function upload(body: Buffer<ArrayBuffer> | string = png, type = "image/png", token = ada): Promise<string> {
  const { id } = (await (await send(body, type, token)).json()) as { id: string }; // What the test of uploads looks at.
  return id;
}

function download(id: string, token = ada, more: Record<string, string> = {}): Promise<Response> {
  return fetch(`${serving.server.url}/files/${id}`, { headers: { ...(token && { authorization: `Bearer ${token}` }), ...more } });
}

const problemOf = async (response: Response): Promise<JsonObject> => (await response.json()) as JsonObject;
const as = (token: string): Client => serving.client(token);
const claim = (more: object, token = ada) => as(token).send("POST", "/claims", { owner: adaId, pages: [], ...more });
const wanted = "must be the id of a file that you uploaded: image/*, of at most 1 MB";

describe("an upload", () => {
  test("is answered with its id, its type and its size, and is downloaded as it came", async () => {
    const bytes = Buffer.from(Array.from({ length: 700_000 }, (_, index) => (index * 7) % 251));
    const response = await send(bytes, "Image/PNG; x=1");
    const file = (await response.json()) as { id: string };
    expect([response.status, file]).toEqual([
      201,
      { id: expect.stringMatching(/^fil_[0-9a-z]{26}$/), mediaType: "image/png", bytes: 700_000 },
    ]);
    expect(response.headers.get("location")).toBe(`/files/${file.id}`);
    const downloaded = await download(file.id);
    expect(Buffer.compare(Buffer.from(await downloaded.arrayBuffer()), bytes)).toBe(0);
    expect(downloaded.headers.get("content-length")).toBe("700000");
  });

  test("of a type that no field takes is refused", async () => {
    for (const type of ["video/mp4", undefined, "image/*"]) {
      const response = await send(png, type);
      expect([response.status, (await problemOf(response))["code"]]).toEqual([415, "unsupported-media-type"]);
    }
  });

  test("that is larger than any field takes is refused, whether it says so or not", async () => {
    const large = Buffer.alloc(1_000_001);
    const declared = await send(large, "image/png");
    expect([declared.status, await problemOf(declared)]).toMatchObject([
      413,
      { code: "payload-too-large", detail: "A file may be of at most 1 MB." },
    ]);
    const parts = new ReadableStream({
      start(controller) {
        for (let from = 0; from < large.length; from += 65_536) controller.enqueue(large.subarray(from, from + 65_536));
        controller.close();
      },
    });
    const chunked = await send(parts, "image/png");
    expect([chunked.status, (await problemOf(chunked))["code"]]).toEqual([413, "payload-too-large"]);
    expect((await send(Buffer.alloc(1_000_000), "image/png")).status).toBe(201);
  });

  test("without bytes is refused", async () => {
    expect([(await send("", "image/png")).status, (await send(undefined, "image/png")).status]).toEqual([400, 400]);
  });

  test("without a token is refused", async () => {
    expect([(await send(png, "image/png", "")).status, (await download(await upload(), "")).status]).toEqual([401, 401]);
  });

  test("is done twenty times at once", async () => {
    const files = await Promise.all(Array.from({ length: 20 }, (_, index) => send(Buffer.alloc(900_000, index), "image/png")));
    expect(files.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
    const ids = await Promise.all(files.map(async (file) => String((await problemOf(file))["id"])));
    const firsts = await Promise.all(ids.map(async (id) => Buffer.from(await (await download(id)).arrayBuffer())[899_999]));
    expect(firsts).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });
});

describe("a download", () => {
  test("is for whoever uploaded the file, and does not exist for a stranger", async () => {
    const id = await upload();
    const answers = await Promise.all([ada, bob, clerk].map((token) => download(id, token)));
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 404]);
    const nothing = await download(newId("fil"), bob);
    const [stranger, missing] = [await problemOf(answers[1] ?? nothing), await problemOf(nothing)];
    expect(Object.keys(stranger)).toEqual(Object.keys(missing));
    expect(stranger["detail"]).toBe(`There is no file "${id}" for you.`);
  });

  test.each([
    ["in a field", (id: string) => ({ photo: id })],
    ["in the items of a list", (id: string) => ({ pages: [{ scan: id }] })],
    ["in a list of a list", (id: string, other: string) => ({ pages: [{ scan: other, parts: [{ note: "n", part: id }] }] })],
  ])("is for whoever may read a row that holds it %s, and for nobody else", async (_, values) => {
    const id = await upload();
    expect((await claim(values(id, await upload()))).status).toBe(201);
    const statuses = await Promise.all([clerk, bob].map(async (token) => (await download(id, token)).status));
    expect(statuses).toEqual([200, 404]);
  });

  test("is for whoever may read a row that holds it in a record", async () => {
    const id = await upload("%PDF", "application/pdf");
    await claim({ cover: { letter: id } });
    expect((await download(id, clerk)).status).toBe(200);
  });

  test("is not opened by a text that is the id of a file", async () => {
    const id = await upload();
    const bobs = String((await as(bob).send("POST", "/auth/sign-in", { email: "bob@example.com", password })).body["actor"]);
    const { status } = await claim({ owner: bobs, note: id, cover: { note: id } }, bob);
    expect([status, (await download(id, bob)).status]).toEqual([201, 404]);
  });

  test("of a page is saved and not shown", async () => {
    const response = await download(await upload("<script>alert(1)</script>", "text/html"));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html",
      "content-disposition": "attachment",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, no-cache",
    });
    expect(await response.text()).toBe("<script>alert(1)</script>");
  });

  test("that the caller has already is spared, and only to whom it is open", async () => {
    const id = await upload();
    const etag = { "if-none-match": (await download(id)).headers.get("etag") ?? "" };
    expect([(await download(id, ada, etag)).status, (await download(id, bob, etag)).status]).toEqual([304, 404]);
  });
});

describe("a file that is named", () => {
  test("must be there", async () => {
    expect((await claim({ photo: newId("fil") })).body).toMatchObject({
      code: "invalid-input",
      detail: `photo ${wanted}.`,
      errors: [{ pointer: "/photo", detail: wanted }],
    });
  });

  test("must be the caller's own upload, wherever it is named", async () => {
    const foreign = await upload(png, "image/png", bob);
    const pages = [{ scan: await upload() }, { scan: foreign, parts: [{ note: "n", part: foreign }] }];
    const { status, body } = await claim({ pages });
    expect([status, body["errors"]]).toEqual([
      400,
      [
        { pointer: "/pages/1/scan", detail: wanted },
        { pointer: "/pages/1/parts/0/part", detail: wanted },
      ],
    ]);
  });

  test("must be of the field's own type and size", async () => {
    const [page, image, large] = [await upload("xx", "text/html"), await upload(), await upload(Buffer.alloc(1_001), "application/pdf")];
    expect((await claim({ photo: page })).body["detail"]).toBe(`photo ${wanted}; this one is text/html, of 2 bytes.`);
    expect((await claim({ cover: { letter: large } })).body["detail"]).toMatch(
      /^cover\.letter .*at most 1 kB; this one is application\/pdf, of 1001 bytes\.$/,
    );
    expect((await as(ada).send("POST", "/publish", { html: image })).status).toBe(400);
  });

  test("is looked at where it is read too", async () => {
    const [own, foreign] = [await upload(), await upload(png, "image/png", bob)];
    const statuses = await Promise.all([own, foreign].map(async (id) => (await as(ada).get(`/is-mine?photo=${id}`)).status));
    expect(statuses).toEqual([200, 400]);
  });

  test("may stay in the row that holds it, whoever changes that row, and go into no other", async () => {
    const [id, other] = [await upload(), await upload()];
    const [held, another] = [await claim({ photo: id, pages: [{ scan: other }] }), await claim({})];
    const change = (row: JsonObject, values: object) => as(clerk).send("PATCH", `/claims/${String(row["id"])}`, values);
    expect((await change(held.body, { photo: id, note: "seen", pages: [{ scan: other }] })).body).toMatchObject({
      photo: id,
      note: "seen",
    });
    expect((await change(another.body, { photo: id })).status).toBe(400);
    expect((await change(held.body, { photo: await upload(png, "image/png", clerk) })).status).toBe(200);
  });

  test("cannot come with a sign-up, where nobody has uploaded anything", async () => {
    const { status, body } = await serving
      .client()
      .send("POST", "/auth/sign-up", { email: "eve@example.com", password, name: "Eve", face: await upload() });
    expect([status, body["errors"]]).toMatchObject([400, [{ pointer: "/face" }]]);
  });

  test("reaches the system with an event", async () => {
    const html = await upload("<p>", "text/html");
    expect((await as(ada).send("POST", "/publish", { html })).status).toBe(201);
    const pages = { text: 'select count(*)::int as "count" from claims.page where html = $1', values: [html] };
    await expect.poll(async () => (await serving.adminPool.read([pages]))[0]?.rows[0]?.["count"]).toBe(2);
  });
});

describe("after a day", () => {
  test("a file that nothing used is forgotten, and one that was used is kept", async () => {
    const [unused, refused, written, given] = [
      await upload(),
      await upload("<p>", "text/html"),
      await upload(),
      await upload("<p>", "text/html"),
    ];
    expect((await as(ada).send("POST", "/publish", { html: refused, refuse: true })).status).toBe(409);
    await as(ada).send("POST", "/publish", { html: given });
    await claim({ photo: written });
    const ids = [unused, refused, written, given];
    const age = { text: "update archwright.file set created_at = now() - interval '25 hours' where id = any($1)", values: [ids] };
    await serving.adminPool.read([age]);
    await forgetOld(serving.adminPool, quietLog);
    const statuses = await Promise.all(ids.map(async (id) => (await download(id)).status));
    expect(statuses).toEqual([404, 404, 200, 200]);
  });

  test("it is no longer to be used an hour before", async () => {
    const id = await upload();
    await serving.adminPool.read([
      { text: "update archwright.file set created_at = now() - interval '23 hours 1 minute' where id = $1", values: [id] },
    ]);
    expect((await claim({ photo: id })).status).toBe(400);
  });
});

test("where there are no roles, files are for whoever has their id", async () => {
  const Notes = context("notes");
  Notes.entity("Note", { id: t.id("not"), scan: photo() });
  const open = await serveModel(system("open", { contexts: [Notes] }));
  try {
    const response = await fetch(`${open.server.url}/files`, { method: "POST", headers: { "content-type": "image/png" }, body: png });
    const { id } = (await response.json()) as { id: string }; // As above.
    expect((await open.client().send("POST", "/notes", { scan: id })).status).toBe(201);
    expect((await fetch(`${open.server.url}/files/${id}`)).status).toBe(200);
  } finally {
    await open.close();
  }
});

test("a model without files serves none", async () => {
  const Notes = context("notes");
  Notes.entity("Note", { id: t.id("not"), text: t.text() });
  const plain = await serveModel(system("plain", { contexts: [Notes] }));
  try {
    expect((await plain.client().get("/files/x")).status).toBe(404);
  } finally {
    await plain.close();
  }
});
