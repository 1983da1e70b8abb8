import * as z from 'zod/mini';

/** WGS-84, degrees. GCJ-02 and BD-09 exist only at the edge and never in a stored position. */
export const Position = z.object({
  longitude: z.number().check(z.minimum(-180), z.maximum(180)),
  latitude: z.number().check(z.minimum(-90), z.maximum(90))
});
export type Position = z.infer<typeof Position>;

/** [longitude, latitude]; a third number (height) is dropped. */
const Vertex = z.array(z.number()).check(z.minLength(2), z.maxLength(4));
const Ring = z.array(Vertex).check(z.minLength(4));

/** A border in GeoJSON terms, WGS-84: first ring outside, the others holes. */
export const Border = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring)) })
]);
export type Border = z.infer<typeof Border>;

export const Line = z.object({ type: z.literal('LineString'), coordinates: z.array(Vertex) });
export type Line = z.infer<typeof Line>;
