import type { Sequence } from "../block.ts";
import { labelBox, lineHeight, nodeBox, type Box } from "./boxes.ts";
import { svg } from "./svg.ts";
import { escaped } from "./xml.ts";

const margin = 12;
const gap = 26;
const textRoom = 12;
const rowGap = 16;
const selfWidth = 34;
const widthMax = 210;

/** Who speaks to whom, from the top down, as an SVG element. */
export function sequenceSvg(sequence: Sequence, title: string): string {
  const plan = planned(sequence);
  const { columns, rows, top } = plan;
  const bottom = (rows.at(-1)?.bottom ?? top) + rowGap;
  const heads = columns.flatMap((column) => [headMarkup(column, margin, top - margin * 2), headMarkup(column, bottom, top - margin * 2)]);
  const lives = columns.map(({ x }) => `<path class="life" d="M${x},${top - margin} V${bottom}"/>`);
  const height = bottom + top - margin;
  return svg({ width: plan.width, height, title }, [...lives, ...rows.map(messageMarkup), ...heads]);
}

interface Column {
  readonly id: string;
  readonly box: Box;
  readonly x: number;
}

interface Row {
  readonly from: number;
  readonly to: number;
  readonly line: "solid" | "dashed";
  readonly box: Box;
  readonly top: number;
  readonly bottom: number;
}

interface Plan {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Where the first message may begin. */
  readonly top: number;
  readonly width: number;
}

type Message = Sequence["messages"][number] & { readonly fromPlace: number; readonly toPlace: number; readonly box: Box };

export function planned({ participants, messages }: Sequence): Plan {
  const heads = participants.map(({ id, label }) => ({ id, box: nodeBox({ label, shape: "box" }) }));
  const places = new Map(participants.map(({ id }, place) => [id, place]));
  const known = messages.flatMap((message): readonly Message[] => {
    const [fromPlace, toPlace] = [places.get(message.from), places.get(message.to)];
    return fromPlace === undefined || toPlace === undefined
      ? []
      : [{ ...message, fromPlace, toPlace, box: labelBox(message.text, widthMax) }];
  });
  const xs = columnPlaces(
    heads.map(({ box }) => box.width),
    known,
  );
  const columns = heads.map((head, place) => ({ ...head, x: xs[place] ?? 0 }));
  const top = margin * 2 + Math.max(0, ...heads.map(({ box }) => box.height));
  let y = top + rowGap / 2;
  const rows = known.map(({ fromPlace, toPlace, line, box }): Row => {
    const isSelf = fromPlace === toPlace;
    const row = {
      from: xs[fromPlace] ?? 0,
      to: xs[toPlace] ?? 0,
      line,
      box,
      top: y,
      bottom: y + (isSelf ? Math.max(box.height, 20) : box.height + 4),
    };
    y = row.bottom + rowGap;
    return row;
  });
  const right = Math.max(
    0,
    ...columns.map(({ x, box }) => x + box.width / 2),
    ...rows.map(({ from, to, box }) => (from === to ? from + selfWidth + box.width : 0)),
  );
  return { columns, rows, top, width: Math.ceil(right + margin) };
}

/** As near as the heads and the messages between them allow. */
function columnPlaces(widths: readonly number[], messages: readonly Message[]): readonly number[] {
  const xs: number[] = [];
  for (const [place, width] of widths.entries()) {
    const before = place === 0 ? margin + width / 2 : (xs[place - 1] ?? 0) + (widths[place - 1] ?? 0) / 2 + width / 2 + gap;
    const needed = messages.flatMap(({ fromPlace, toPlace, box }) => {
      const [left, right] = [Math.min(fromPlace, toPlace), Math.max(fromPlace, toPlace)];
      if (left === right) return right === place - 1 ? [(xs[left] ?? 0) + selfWidth + box.width + textRoom] : [];
      return right === place ? [(xs[left] ?? 0) + box.width + 2 * textRoom] : [];
    });
    xs.push(Math.round(Math.max(before, ...needed)));
  }
  return xs;
}

function headMarkup({ box, x }: Column, y: number, height: number): string {
  const [left, top] = [x - box.width / 2, y + (height - box.height) / 2];
  return `<g class="node box"><rect x="${left}" y="${top}" width="${box.width}" height="${box.height}" rx="6"/>${textMarkup(box, x, top + 11, "middle")}</g>`;
}

function messageMarkup({ from, to, line, box, top, bottom }: Row): string {
  if (from === to) {
    const [upper, lower] = [top + 3, top + 19];
    const loop = `<path d="M${from},${upper} h${selfWidth - 10} v${lower - upper} H${from + 2}"/>${head(from, lower, -1)}`;
    return `<g class="edge ${line}">${loop}</g><g class="label">${textMarkup(box, from + selfWidth, top + 2, "start")}</g>`;
  }
  const direction = to > from ? 1 : -1;
  const arrow = `<path d="M${from},${bottom} H${to - direction * 2}"/>${head(to, bottom, direction)}`;
  const centre = (from + to) / 2;
  const paper = `<rect x="${centre - box.width / 2}" y="${top}" width="${box.width}" height="${box.height}" rx="4"/>`;
  return `<g class="edge ${line}">${arrow}</g><g class="label">${paper}${textMarkup(box, centre, top, "middle")}</g>`;
}

const head = (x: number, y: number, direction: 1 | -1): string =>
  `<polygon points="${x},${y} ${x - direction * 9},${y - 4.5} ${x - direction * 9},${y + 4.5}"/>`;

function textMarkup({ lines }: Box, x: number, top: number, anchor: "start" | "middle"): string {
  let y = top;
  return lines
    .map(({ text, size, isTitle }) => {
      const baseline = Math.round((y + size) * 10) / 10;
      y += size * lineHeight;
      return `<text x="${x}" y="${baseline}" font-size="${size}"${isTitle ? ' class="title"' : ""}${anchor === "start" ? ' class="start"' : ""}>${escaped(text)}</text>`;
    })
    .join("");
}
