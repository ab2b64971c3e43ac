import { context, integration, role, system, t, unknown } from "archwright";

// fleet: the customers, their people, and a million and a half devices that speak every thirty seconds
export const Fleet = context("fleet", { owner: "fleet", domain: "supporting" });
export const Operator = Fleet.entity("Operator", {
  id: t.id("opr"), email: t.email().unique().pii("contract", "90d"), name: t.text().max(120).pii("contract", "90d"),
}, { expect: { rows: 1_200, growth: "2/day" } });
export const operator = role("operator", Operator), installer = role("installer", Operator);
Fleet.access(Operator, [
  { role: operator, can: ["read"], where: (row, me) => row.id.eq(me.id) },
  { role: installer, can: ["read", "list", "create", "update"] },
]);
export const Site = Fleet.entity("Site", {
  id: t.id("sit"), name: t.text().max(120).search(), zone: t.text().max(60),
  operators: t.list({ operator: t.ref(Operator) }).max(50),
}, {
  expect: { rows: 9_000, growth: "10/day" },
  access: [
    { role: installer, can: ["read", "list", "create", "update"] },
    { role: operator, can: ["read", "list"], where: (row, me) => row.operators.some((one) => one.operator.eq(me.id)) },
  ],
});
export const Device = Fleet.entity("Device", {
  id: t.id("dev"), site: t.ref(Site), serial: t.text().max(40).unique().readonly(), kind: t.oneOf("meter", "pump", "valve", "gateway"),
  firmware: t.text().max(40), status: t.state({ new: ["active"], active: ["retired"], retired: [] }),
}, {
  index: [["site", "kind"]], expect: { rows: 1_500_000, growth: "900/day", most: 40_000 },
  access: [{ role: installer, can: ["read", "list", "create", "update"] }],
});
/** A device signs in as itself, with the credential that it was given in the factory. */
export const device = role("device", Device);
Fleet.access(Device, [{ role: device, can: ["read"], where: (row, me) => row.id.eq(me.id) }]);
export const activateDevice = Fleet.command("activateDevice", {
  http: "POST /devices/:device/activate", allow: [installer], input: { device: t.ref(Device) }, returns: Device, errors: { NotNew: 409 },
  body: ({ input, transition, fail }) => transition(Device, input.device, { status: "active" }, fail("NotNew")),
});
export const retireDevice = Fleet.command("retireDevice", {
  http: "POST /devices/:device/retire", allow: [installer], input: { device: t.ref(Device) }, returns: Device, errors: { NotActive: 409 },
  body: ({ input, transition, fail }) => transition(Device, input.device, { status: "retired" }, fail("NotActive")),
});

export const getSite = Fleet.query("getSite", {
  http: "GET /devices/:device/site", allow: [operator, device], input: { device: t.ref(Device) }, returns: { site: t.ref(Site) },
  body: ({ input, get }) => ({ site: get(Device, input.device).site }),
});

// readings: what is measured, fifty thousand times a second. One that is sent twice is stored twice, which no curve shows.
export const Readings = context("readings", { owner: "ingest", domain: "core", availability: "99.95%" });
const metric = t.oneOf("flow", "pressure", "temperature", "voltage");
const measured = { metric, value: t.decimal(12, 4), measuredAt: t.time() };
export const Reading = Readings.entity("Reading", {
  id: t.id("rdg"), device: t.ref(Device).readonly(), ...measured, receivedAt: t.time().now(),
}, {
  index: [["device", "metric", "measuredAt"], ["measuredAt"]],
  // Fifty thousand a second for ninety days.
  expect: {
    rows: 388_800_000_000, growth: "50000/s",
    most: unknown("How many readings does the busiest device send in ninety days?", 7_800_000, [260_000, 78_000_000]),
  },
});
export const ReadingTaken = Readings.event("ReadingTaken", { device: t.ref(Device), ...measured });
export const ingest = Readings.command("ingest", {
  http: "POST /readings", allow: [device], input: measured, idempotent: "no", slo: { p50: "15ms", p99: "100ms", availability: "99.95%" },
  body: ({ input, me, create, emit }) => {
    create(Reading, { device: me.id, ...input });
    emit(ReadingTaken, { device: me.id, ...input });
  },
});
Readings.job("forgetReadings", { cron: "0 2 * * *", zone: "UTC", body: ({ remove }) => remove(Reading, (row) => row.measuredAt.olderThan("90d")) });

// trends: the readings of an hour in one row, for five years. What dashboards draw.
export const Trends = context("trends", { owner: "insight", domain: "core" });
export const HourlyTrend = Trends.entity("HourlyTrend", {
  id: t.id("trd"), device: t.ref(Device).readonly(), metric: metric.readonly(), hour: t.time().readonly(),
  low: t.decimal(12, 4), high: t.decimal(12, 4), mean: t.decimal(12, 4), readings: t.int().min(1),
}, {
  index: [["device", "metric", "hour"], ["hour"]], expect: { rows: 65_000_000_000, growth: "1500000/h", most: 175_000 },
});
export const rollUp = Trends.command("rollUp", {
  allow: "system", input: { device: t.ref(Device), ...measured }, reads: [HourlyTrend], writes: [HourlyTrend],
});
Trends.on(ReadingTaken, rollUp);
Trends.job("forgetTrends", { cron: "0 4 * * 0", zone: "UTC", body: ({ remove }) => remove(HourlyTrend, (row) => row.hour.olderThan("1826d")) });

// Whoever works for a site sees its devices, and no others.
const curve = { site: t.ref(Site), device: t.ref(Device), since: t.time() };
export const showTrend = Trends.query("showTrend", {
  http: "GET /sites/:site/devices/:device/trend", allow: [operator], input: { ...curve, metric }, returns: t.page(HourlyTrend),
  reads: [HourlyTrend], calls: [getSite], errors: { OtherSite: 404 }, stale: "1m", slo: { p99: "800ms" },
  async handle({ input: { site, device: of, metric: drawn, since }, db, calls, fail }) {
    if ((await calls.getSite({ device: of })).site !== site) throw fail("OtherSite");
    return db.HourlyTrend.page({ where: (row) => row.device.eq(of).and(row.metric.eq(drawn)).and(row.hour.atLeast(since)), sort: "hour" });
  },
});
export const showReadings = Readings.query("showReadings", {
  http: "GET /sites/:site/devices/:device/readings", allow: [operator], input: curve, returns: t.page(Reading),
  reads: [Reading], calls: [getSite], errors: { OtherSite: 404 }, stale: "5s", slo: { p99: "1s" },
  async handle({ input: { site, device: of, since }, db, calls, fail }) {
    if ((await calls.getSite({ device: of })).site !== site) throw fail("OtherSite");
    return db.Reading.page({ where: (row) => row.device.eq(of).and(row.measuredAt.atLeast(since)), sort: "-measuredAt" });
  },
});

// alerts: a device compares with its own thresholds and raises the alarm itself, so that a cut cable does not silence it for long
export const Alerts = context("alerts", { owner: "insight", domain: "core", availability: "99.99%" });
export const Alert = Alerts.entity("Alert", {
  id: t.id("alt"), site: t.ref(Site).readonly(), device: t.ref(Device).readonly(), key: t.text().max(60).unique().readonly(),
  severity: t.oneOf("notice", "alarm").readonly(),
  text: t.text().max(200), raisedAt: t.time().now(), status: t.state({ open: ["seen"], seen: ["closed"], closed: [] }),
}, {
  index: [["site", "raisedAt"], ["raisedAt"]], expect: { rows: 40_000_000, growth: "2/s", most: 90_000 },
});
export const AlertRaised = Alerts.event("AlertRaised", { alert: t.ref(Alert), device: t.ref(Device), severity: t.oneOf("notice", "alarm") });
export const raiseAlert = Alerts.command("raiseAlert", {
  http: "POST /alerts", allow: [device], input: { key: t.text().max(60), severity: t.oneOf("notice", "alarm"), text: t.text().max(200) },
  idempotent: "natural", slo: { p99: "500ms", availability: "99.99%" },
  body: ({ input, me, atomic, create, emit }) => {
    const { site } = atomic(getSite, { device: me.id });
    const alert = create(Alert, { site, device: me.id, ...input });
    emit(AlertRaised, { alert: alert.id, device: me.id, severity: input.severity });
  },
});
export const listAlerts = Alerts.query("listAlerts", {
  http: "GET /sites/:site/alerts", allow: [operator], input: { site: t.ref(Site) }, returns: t.page(Alert), stale: "5s", slo: { p99: "400ms" },
  body: ({ input, page }) => page(Alert, { where: (row) => row.site.eq(input.site), sort: "-raisedAt" }),
});
const ofSite = { site: t.ref(Site), alert: t.ref(Alert) };
export const acknowledgeAlert = Alerts.command("acknowledgeAlert", {
  http: "POST /sites/:site/alerts/:alert/acknowledge", allow: [operator], input: ofSite, errors: { OtherSite: 404, AlreadySeen: 409 },
  body: ({ input, get, require, transition, fail }) => {
    require(get(Alert, input.alert).site.eq(input.site), fail("OtherSite"));
    transition(Alert, input.alert, { status: "seen" }, fail("AlreadySeen"));
  },
});
export const closeAlert = Alerts.command("closeAlert", {
  http: "POST /sites/:site/alerts/:alert/close", allow: [operator], input: ofSite, errors: { OtherSite: 404, NotSeen: 409 },
  body: ({ input, get, require, transition, fail }) => {
    require(get(Alert, input.alert).site.eq(input.site), fail("OtherSite"));
    transition(Alert, input.alert, { status: "closed" }, fail("NotSeen"));
  },
});
export const Pager = integration("pager", {
  calls: {
    openIncident: {
      input: { alert: t.ref(Alert), severity: t.oneOf("notice", "alarm") }, p50: "200ms", p99: "1500ms",
      limit: unknown("How many incidents a second does the pager take?", "10/s", ["2/s", "20/s"]), availability: "99.95%", idempotencyKey: true,
    },
  },
  onFailure: { timeout: "5s", retries: 0, breaker: { open: "50%", over: "30s" }, then: "fail" },
});
export const pageOnCall = Alerts.command("pageOnCall", {
  allow: "system", input: { alert: t.ref(Alert), severity: t.oneOf("notice", "alarm") }, calls: [Pager.openIncident], idempotent: "natural",
  async handle({ input, calls }) {
    if (input.severity === "alarm") await calls.openIncident(input);
  },
});
Alerts.on(AlertRaised, pageOnCall, (event) => ({ alert: event.alert, severity: event.severity }));
Alerts.job("forgetAlerts", { cron: "0 5 * * *", zone: "UTC", body: ({ remove }) => remove(Alert, (row) => row.raisedAt.olderThan("730d")) });

export default system("telemetry", {
  contexts: [Fleet, Readings, Trends, Alerts],
  users: 1_501_200, clients: ["device", "web"], team: 8, skills: ["java", "kafka", "kubernetes"],
  budget: "45000 EUR/month", region: "eu", comply: ["gdpr"], availability: "99.9%", rpo: "1m", rto: "30m",
  growth: unknown("How many devices will be installed in a year?", "80%", ["20%", "200%"]),
  accept: { "security/role-can-be-had": "devices get their account in the factory, people theirs from an installer" },
  load: [
    { on: ingest, mean: "50000/s", peak: unknown("How many messages a second come back after a cut of the network?", "80000/s", ["60000/s", "250000/s"]) },
    { on: showTrend, mean: "15/s", peak: "120/s" },
    { on: showReadings, mean: "25/s", peak: "200/s" },
    { on: listAlerts, mean: "5/s", peak: "60/s" },
    { on: raiseAlert, mean: "2/s", peak: unknown("How many alarms a second does a power cut in a region raise?", "500/s", ["50/s", "5000/s"]) },
  ],
});
