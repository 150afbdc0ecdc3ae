/**
 * Draws the contour lines of the staff map: a height field of hills and one valley, cut at even heights by marching
 * squares. Run by hand (`node tools/terrain.mjs`) when the country should change; writes src/style/contours.svg.
 */
import { writeFileSync } from 'node:fs';

const WIDTH = 1200;
const HEIGHT = 800;
const STEP = 12;

/** [x, y, height, reach across, reach down, turn] */
const HILLS = [
  [180, 120, 95, 170, 90, 0.5],
  [420, 60, 55, 120, 80, -0.3],
  [640, 190, 80, 150, 95, 0.7],
  [560, 110, 40, 60, 50, 0],
  [930, 100, 100, 160, 110, -0.5],
  [1010, 170, 45, 60, 60, 0],
  [1130, 330, 75, 110, 130, 0.2],
  [760, 400, 58, 120, 70, 0.2],
  [300, 380, 62, 140, 75, -0.2],
  [210, 430, 30, 50, 40, 0],
  [520, 420, 34, 70, 60, 0.9],
  [110, 690, 88, 140, 110, 0.4],
  [430, 740, 70, 150, 70, -0.15],
  [720, 720, 92, 160, 95, 0.25],
  [690, 660, 30, 50, 45, 0],
  [1000, 690, 96, 150, 110, -0.4],
  [1090, 560, 36, 70, 60, 0],
  [20, 300, 50, 90, 110, 0],
  [880, 280, 30, 60, 50, 0.4],
];

const valley = (x) => 575 + 38 * Math.sin(x / 150) + 22 * Math.sin(x / 61 + 1);

function heightAt(x, y) {
  let height =
    14 + 5 * Math.sin(x / 47 + y / 71) + 4 * Math.sin(x / 83 - y / 39) + 2 * Math.sin(x / 19 + y / 23);
  for (const [cx, cy, top, across, down, turn] of HILLS) {
    const dx = x - cx;
    const dy = y - cy;
    const u = (dx * Math.cos(turn) + dy * Math.sin(turn)) / across;
    const v = (dy * Math.cos(turn) - dx * Math.sin(turn)) / down;
    height += top * Math.exp(-(u * u + v * v));
  }
  const fromRiver = (y - valley(x)) / 62;
  return height * (1 - 0.85 * Math.exp(-fromRiver * fromRiver));
}

const columns = WIDTH / STEP + 1;
const rows = Math.ceil(HEIGHT / STEP) + 1;
const field = Array.from({ length: rows }, (_, r) =>
  Array.from({ length: columns }, (_, c) => heightAt(c * STEP, r * STEP)),
);

/** Segments of one height, each end named by the grid edge that it lies on, so that they chain exactly. */
function segmentsAt(level) {
  const segments = [];
  const cross = (a, b) => (level - a) / (b - a);
  for (let r = 0; r + 1 < rows; r += 1) {
    for (let c = 0; c + 1 < columns; c += 1) {
      const [a, b, d, e] = [field[r][c], field[r][c + 1], field[r + 1][c + 1], field[r + 1][c]];
      const ends = {
        n: () => [`h${r},${c}`, (c + cross(a, b)) * STEP, r * STEP],
        e: () => [`v${r},${c + 1}`, (c + 1) * STEP, (r + cross(b, d)) * STEP],
        s: () => [`h${r + 1},${c}`, (c + cross(e, d)) * STEP, (r + 1) * STEP],
        w: () => [`v${r},${c}`, c * STEP, (r + cross(a, e)) * STEP],
      };
      const shape = (a > level) * 8 + (b > level) * 4 + (d > level) * 2 + (e > level);
      const pairs = [
        '',
        'ws',
        'se',
        'we',
        'ne',
        'nwse',
        'ns',
        'nw',
        'nw',
        'ns',
        'nesw',
        'ne',
        'we',
        'se',
        'ws',
        '',
      ][shape];
      for (let i = 0; i < pairs.length; i += 2) segments.push([ends[pairs[i]](), ends[pairs[i + 1]]()]);
    }
  }
  return segments;
}

function chains(segments) {
  const at = new Map();
  for (const segment of segments) {
    for (const end of segment) at.set(end[0], [...(at.get(end[0]) ?? []), segment]);
  }
  const used = new Set();
  const follow = (line) => {
    for (;;) {
      const tail = line.at(-1);
      const next = at.get(tail[0]).find((segment) => !used.has(segment));
      if (!next) return line;
      used.add(next);
      line.push(next[0][0] === tail[0] ? next[1] : next[0]);
    }
  };
  const lines = [];
  for (const segment of segments) {
    if (used.has(segment)) continue;
    used.add(segment);
    const forward = follow([...segment]);
    lines.push(follow(forward.reverse()));
  }
  return lines;
}

/** A soft path through every second point. */
function pathOf(line) {
  const closed = line.length > 3 && line[0][0] === line.at(-1)[0];
  const points = line.filter((_, i) => i % 4 === 0 || i === line.length - 1).map(([, x, y]) => [x, y]);
  if (closed) points.pop();
  if (points.length < 4) return '';
  const n = points.length;
  const at = (i) => (closed ? points[(i + n) % n] : points[Math.max(0, Math.min(n - 1, i))]);
  const whole = ([x, y]) => [Math.round(x), Math.round(y)];
  const joined = (numbers) =>
    numbers.map((number, i) => (i > 0 && number >= 0 ? ` ${number}` : `${number}`)).join('');
  let path = `M${joined(whole(at(0)))}`;
  for (let i = 0; i < (closed ? n : n - 1); i += 1) {
    const [p, q, s, u] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const first = whole([q[0] + (s[0] - p[0]) / 6, q[1] + (s[1] - p[1]) / 6]);
    const second = whole([s[0] - (u[0] - q[0]) / 6, s[1] - (u[1] - q[1]) / 6]);
    const [x, y] = whole(q);
    path += `c${joined([first, second, whole(s)].flatMap(([a, b]) => [a - x, b - y]))}`;
  }
  return closed ? `${path}Z` : path;
}

const levels = Array.from({ length: 14 }, (_, i) => 10 + 8 * i);
const draw = (level) => chains(segmentsAt(level)).map(pathOf).join('');
const thin = levels
  .filter((level) => level % 40 !== 10)
  .map(draw)
  .join('');
const thick = levels
  .filter((level) => level % 40 === 10)
  .map(draw)
  .join('');
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="xMidYMid slice" fill="none" stroke="#000"><path stroke-opacity=".62" stroke-width="1" d="${thin}"/><path stroke-width="1.7" d="${thick}"/></svg>\n`;
writeFileSync(new URL('../src/style/contours.svg', import.meta.url), svg);
