// Keeps arcs, dots and names from growing as fast as the map: what is enlarged to be taken apart has to come apart.
// An arc's outline is nine points (server/drawing/arcs.py): two sides of four, and the tip between them.

const POINTS = 9;

export function slimmer(svg) {
  const fonts = [...svg.querySelectorAll("[font-size]")].map((group) => [group, Number(group.getAttribute("font-size"))]);
  const arcs = [...svg.querySelectorAll("path.arc")].map((path) => [path, points(path.getAttribute("d"))]);
  const lines = [...svg.querySelectorAll(".pattern")].map((path) => [path, Number(path.getAttribute("stroke-width"))]);
  const dots = [...svg.querySelectorAll("path.dot")].map((path) => [path, centre(path)]);
  return (k) => {
    const share = 1 / Math.sqrt(k) ** 1.4;
    for (const [group, font] of fonts) group.setAttribute("font-size", (font * share).toFixed(2));
    for (const [path, at] of arcs) if (at.length === POINTS) path.setAttribute("d", outline(thinner(at, share)));
    for (const [path, width] of lines) path.setAttribute("stroke-width", (width * share).toFixed(2));
    for (const [path, { x, y }] of dots) {
      path.setAttribute("transform", `translate(${x} ${y}) scale(${share.toFixed(3)}) translate(${-x} ${-y})`);
    }
  };
}

function centre(path) {
  const { x, y, width, height } = path.getBBox();
  return { x: x + width / 2, y: y + height / 2 };
}

export function points(d) {
  const numbers = d.match(/-?[\d.]+/g).map(Number);
  return Array.from({ length: Math.floor(numbers.length / 2) }, (_, index) => numbers.slice(2 * index, 2 * index + 2));
}

// Each point nearer to the one on the other side; the tip stays.
export function thinner(at, share) {
  return at.map(([x, y], index) => {
    const [ox, oy] = at[POINTS - 1 - index];
    return [(x + ox) / 2 + ((x - ox) / 2) * share, (y + oy) / 2 + ((y - oy) / 2) * share];
  });
}

export function outline(at) {
  const [a, b, c, d, e, f, g, h, i] = at.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`);
  return `M${a}Q${b} ${c}L${d}L${e}L${f}L${g}Q${h} ${i}z`;
}
