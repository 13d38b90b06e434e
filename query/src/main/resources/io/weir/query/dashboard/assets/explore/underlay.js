/** Draws the background of the lines: windows that may still change, and spans without readings. */
import { gaps } from './columns.js';
import { colour } from './look.js';

const STRIPE = 7;

export function drawUnder(u, model) {
  const { ctx } = u;
  ctx.save();
  const part = provisional(model);
  if (part) {
    hatch(u, part);
  }
  if (model.points.length === 1) {
    ctx.fillStyle = colour('warn', 0.85);
    for (const [from, to] of gaps(model.points[0], model.from, Math.min(model.to, Date.now()))) {
      const [left, width] = horizontal(u, from, to);
      ctx.fillRect(left, u.bbox.top + u.bbox.height - 3 * devicePixelRatio, width, 3 * devicePixelRatio);
    }
  }
  ctx.restore();
}

/** From the first provisional window's start to the last one's end; null if there is none. */
function provisional({ series }) {
  const open = series.flatMap(({ windows = [] }) => windows.filter((window) => window.provisional));
  return open.length === 0 ? null : [
    Math.min(...open.map(({ start }) => Date.parse(start))), Math.max(...open.map(({ end }) => Date.parse(end))),
  ];
}

function hatch(u, [from, to]) {
  const { ctx, bbox } = u;
  const [left, width] = horizontal(u, from, to);
  if (width <= 0) {
    return;
  }
  ctx.beginPath();
  ctx.rect(left, bbox.top, width, bbox.height);
  ctx.clip();
  ctx.strokeStyle = colour('edge', 0.3);
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  for (let x = left - bbox.height; x < left + width; x += STRIPE * devicePixelRatio) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
}

function horizontal(u, from, to) {
  const edge = (time) => Math.min(u.bbox.left + u.bbox.width, Math.max(u.bbox.left, u.valToPos(time, 'x', true)));
  return [edge(from), edge(to) - edge(from)];
}
