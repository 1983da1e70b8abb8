import type { Position } from '../../domain/geometry';
import type { CoordinateSystem } from '../../geo/coordinate-system';
import type { MapMarker } from './marker';
import type { Ground } from './shapes';

/** A fix as the device gave it, WGS-84. */
export interface OwnFix extends Position {
  accuracyMetres: number;
  /** Too inexact to be drawn as truth. */
  poor: boolean;
}

export interface GridMapProps extends Ground {
  markers: MapMarker[];
  /** Drawn clear and strong, all else faint; the map opens on them. */
  ownGridCodes?: string[];
  /** null: wanted, and not known yet. Left out: this map shows none. */
  position?: OwnFix | null;
  picked?: Position | null;
  /** The corners of a border that is being drawn. */
  drawn?: readonly Position[];
  /** A marker's id or a grid's code. */
  selectedId?: string;
  /** Any CSS height; the container's unless said. */
  height?: string;
  onselect?: (id: string) => void;
  /** A tap on a grid, where it picks nothing. */
  ongrid?: (code: string) => void;
  /** A long press, a right click, Enter on the focused cross; while `picking` a single tap too. WGS-84. */
  onpick?: (position: Position) => void;
  picking?: boolean;
  /** What the map is called, for a screen reader. */
  label: string;
  /** The system this map is drawn in: all it shows is shifted to it, all picks are shifted back. */
  crs?: CoordinateSystem;
}
