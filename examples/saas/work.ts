import { context, t } from "archwright";
import { Agency, agency, Member, member } from "./accounts.ts";

// work: what is done for whom, by whom, for how long
export const Work = context("work", { owner: "work", domain: "core" });
export const Client = Work.entity("Client", {
  id: t.id("cli"), agency: t.ref(Agency).readonly(), name: t.text().min(1).max(160), taxNumber: t.text().max(20).unique(),
}, {
  tenant: "agency", expect: { rows: 80_000, growth: "90/day", most: 9_000 },
  access: [{ role: agency, can: ["read", "list", "create", "update"], where: (row, me) => row.agency.eq(me.id) }],
});
export const Project = Work.entity("Project", {
  id: t.id("prj"), agency: t.ref(Agency).readonly(), client: t.ref(Client), name: t.text().min(1).max(160), quarterHour: t.money("EUR").min(0),
  team: t.list({ member: t.ref(Member) }).max(60),
  status: t.state({ active: ["closed"], closed: ["active"] }),
}, {
  tenant: "agency", expect: { rows: 300_000, growth: "350/day", most: 90_000 },
  access: [
    { role: agency, can: ["read", "list", "create", "update"], where: (row, me) => row.agency.eq(me.id) },
    { role: member, can: ["read", "list"], where: (row, me) => row.team.some((person) => person.member.eq(me.id)) },
  ],
  accept: { "security/tenant-bounds-every-rule": "the team of a project is named in it by its agency: nobody of another one is" },
});
export const Task = Work.entity("Task", {
  id: t.id("tsk"), agency: t.ref(Agency).readonly(), project: t.ref(Project).readonly(), title: t.text().min(1).max(200), assignee: t.ref(Member).optional(),
  due: t.date().optional(), status: t.state({ open: ["doing"], doing: ["done"], done: ["doing"] }),
}, {
  tenant: "agency", index: [["project", "status"]], expect: { rows: 12_000_000, growth: "40000/day", most: 3_600_000 },
  access: [{ role: agency, can: ["read", "list", "delete"], where: (row, me) => row.agency.eq(me.id) }],
});
const worked = { day: t.date(), quarters: t.int().min(1).max(96), note: t.text().max(300).optional() };
export const TimeEntry = Work.entity("TimeEntry", {
  id: t.id("tim"), agency: t.ref(Agency).readonly(), project: t.ref(Project).readonly(), task: t.ref(Task), member: t.ref(Member).readonly(),
  ...worked, status: t.state({ open: ["billed"], billed: [] }),
}, {
  tenant: "agency", index: [["project", "day"], ["member", "day"]], expect: { rows: 150_000_000, growth: "420000/day", most: 45_000_000 },
  access: [
    { role: agency, can: ["read", "list"], where: (row, me) => row.agency.eq(me.id) },
    { role: member, can: ["read", "list"], where: (row, me) => row.member.eq(me.id) },
  ],
  accept: { "security/tenant-bounds-every-rule": "members see their own hours, and work for one agency" },
});
export const addTask = Work.command("addTask", {
  http: "POST /projects/:project/tasks", allow: [agency, member], idempotent: "required", slo: { p99: "250ms" },
  input: { project: t.ref(Project), title: t.text().min(1).max(200), assignee: t.ref(Member).optional(), due: t.date().optional() }, returns: Task,
  body: ({ input, get, create }) => {
    const project = get(Project, input.project);
    return create(Task, { agency: project.agency, project: project.id, title: input.title, assignee: input.assignee, due: input.due });
  },
});
const task = { project: t.ref(Project), task: t.ref(Task) };
export const startTask = Work.command("startTask", {
  http: "POST /projects/:project/tasks/:task/start", allow: [agency, member], input: task, returns: Task, errors: { OtherProject: 404, AlreadyStarted: 409 },
  slo: { p99: "250ms" },
  body: ({ input, get, require, transition, fail }) => {
    require(get(Task, input.task).project.eq(input.project), fail("OtherProject"));
    return transition(Task, input.task, { status: "doing" }, fail("AlreadyStarted"));
  },
});
export const finishTask = Work.command("finishTask", {
  http: "POST /projects/:project/tasks/:task/finish", allow: [agency, member], input: task, returns: Task, errors: { OtherProject: 404, NotStarted: 409 },
  slo: { p99: "250ms" },
  body: ({ input, get, require, transition, fail }) => {
    require(get(Task, input.task).project.eq(input.project), fail("OtherProject"));
    return transition(Task, input.task, { status: "done" }, fail("NotStarted"));
  },
});
export const showBoard = Work.query("showBoard", {
  http: "GET /projects/:project/board", allow: [agency, member], input: { project: t.ref(Project) }, returns: t.page(Task), slo: { p99: "300ms" },
  body: ({ input, page }) => page(Task, { where: (row) => row.project.eq(input.project), sort: "-due" }),
});
export const recordTime = Work.command("recordTime", {
  http: "POST /projects/:project/time", allow: [member], idempotent: "required", slo: { p99: "300ms" }, errors: { OtherProject: 404 },
  input: { ...task, ...worked }, returns: TimeEntry,
  body: ({ input, me, get, require, create, fail }) => {
    const { agency: owner, project } = get(Task, input.task);
    require(project.eq(input.project), fail("OtherProject"));
    return create(TimeEntry, { agency: owner, project, task: input.task, member: me.id, day: input.day, quarters: input.quarters, note: input.note });
  },
});
export const closeProject = Work.command("closeProject", {
  http: "POST /projects/:project/close", allow: [agency], input: { project: t.ref(Project) }, returns: Project, errors: { AlreadyClosed: 409 },
  body: ({ input, transition, fail }) => transition(Project, input.project, { status: "closed" }, fail("AlreadyClosed")),
});
export const reopenProject = Work.command("reopenProject", {
  http: "POST /projects/:project/reopen", allow: [agency], input: { project: t.ref(Project) }, returns: Project, errors: { NotClosed: 409 },
  body: ({ input, transition, fail }) => transition(Project, input.project, { status: "active" }, fail("NotClosed")),
});
export const findUnbilledTime = Work.query("findUnbilledTime", {
  http: "GET /projects/:project/unbilled", allow: [agency], input: { project: t.ref(Project), until: t.date() }, reads: [Project, TimeEntry, Client],
  returns: { client: t.ref(Client), quarterHour: t.money("EUR"), entries: t.list({ entry: t.ref(TimeEntry), ...worked }).max(500) },
  async handle({ input, db }) {
    const { client, quarterHour } = await db.Project.get(input.project);
    const open = await db.TimeEntry.list({
      where: (row) => row.project.eq(input.project).and(row.status.eq("open")).and(row.day.atMost(input.until)), sort: "day", limit: 500,
    });
    return { client, quarterHour, entries: open.map(({ id, day, quarters, note }) => ({ entry: id, day, quarters, note })) };
  },
});
export const billTime = Work.command("billTime", {
  allow: "system", input: { entries: t.list({ entry: t.ref(TimeEntry) }).max(500) }, errors: { AlreadyBilled: 409 },
  body: ({ input, each, transition, fail }) =>
    void each(input.entries, ({ entry }) => transition(TimeEntry, entry, { status: "billed" }, fail("AlreadyBilled"))),
});
