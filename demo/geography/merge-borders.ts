import type { Border } from '../../src/lib/domain/geometry';

type Vertex = number[];

const keyOf = (vertex: Vertex) => vertex.join(' ');

/**
 * The outline of polygons that share their inner edges exactly: an edge walked in both directions is an inner one
 * and goes, what is left is chained. All polygons run counter-clockwise and have no holes; the union must be in
 * one piece, else it throws.
 */
export function mergeBorders(borders: readonly Border[]): Border {
  const edges = borders.flatMap(edgesOf);
  const walked = new Set(edges.map(([from, to]) => `${keyOf(from)}|${keyOf(to)}`));
  const outer = edges.filter(([from, to]) => !walked.has(`${keyOf(to)}|${keyOf(from)}`));
  return { type: 'Polygon', coordinates: [chain(outer)] };
}

function edgesOf(border: Border): [Vertex, Vertex][] {
  if (border.type !== 'Polygon') throw new Error('only single polygons can be merged');
  const ring = border.coordinates[0]!;
  return ring.slice(1).map((to, index) => [ring[index]!, to]);
}

function chain(edges: readonly [Vertex, Vertex][]): Vertex[] {
  const nextByVertex = new Map(edges.map(([from, to]) => [keyOf(from), to]));
  const start = edges[0]![0];
  const ring = [start];
  for (let at = nextByVertex.get(keyOf(start)); at; at = nextByVertex.get(keyOf(at))) {
    ring.push(at);
    if (keyOf(at) === keyOf(start)) break;
  }
  if (ring.length !== edges.length + 1) throw new Error('these polygons do not make one piece');
  return ring;
}
