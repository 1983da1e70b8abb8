import type { Generated } from 'kysely';

/** The tables of migrations/, as Kysely sees them: text, integers, and JSON kept as text. */
export interface Database {
  store: { id: number; epoch: string; seal_key: string; created_at: string; restored_at: string | null };
  area: { code: string; name: string };
  community: {
    code: string;
    name: string;
    head: number;
    is_demo: number;
    forgotten_through: Generated<number>;
  };
  erased: { community: string; record_id: string; sequence: number; erased_at: string };
  case_counter: { community: string; year: number; last: number };
  reference_item: { community: string; kind: string; code: string; position: number; body: string };
  record: RecordRow;
  change: ChangeRow;
  touch: TouchRow;
  outcome: OutcomeRow;
  photo: PhotoRow;
  account: AccountRow;
  account_grant: GrantRow;
  device: { account: string; id: string; position: number; first_seen_at: string };
  session: SessionRow;
  slip: SlipRow;
  access: AccessRow;
  purge: PurgeRow;
  store_secret: { account: string; device: string; secret: string; made_at: string };
  administration: AdministrationRow;
  setup_link: { token_hash: string; expires_at: string; used_at: string | null };
  migration: { name: string; applied_at: string };
}

export interface RecordRow {
  community: string;
  id: string;
  kind: string;
  version: number;
  sequence: number;
  state: string;
  owner_grid: string;
  facility_grid: string | null;
  unit: string | null;
  restricted: number;
  author: string;
  subject_id: string | null;
  category: string | null;
  building: string | null;
  number: string | null;
  due_at: string | null;
  received_at: string;
  search: string;
  body: string;
}

export interface ChangeRow {
  community: string;
  sequence: number;
  id: string;
  kind: string;
  author: string;
  device: string;
  at: string;
  received_at: string;
  sha256: string;
  version: number;
  body: string;
  carried_by: string | null;
  /** JSON of what the server set, but for the arrival. */
  settled?: string | null;
  earlier_sequence?: number | null;
  is_retold?: number;
}

export interface TouchRow {
  community: string;
  sequence: number;
  record_id: string;
  creates: number;
  before_keys: string | null;
  is_rebuilt: number;
}

export interface OutcomeRow {
  community: string;
  change_id: string;
  record_id: string;
  author: string | null;
  creates: number;
  sha256: string;
  receipt: string;
  received_at: string;
}

export interface PhotoRow {
  community: string;
  id: string;
  record_id: string;
  author: string;
  mime: string;
  bytes: number;
  sha256: string;
  stored_at: string | null;
  thumbnail: string | null;
  carried_by: string | null;
}

export interface AccountRow {
  id: string;
  login: string;
  name: string;
  password_hash: string;
  disabled_at: string | null;
  created_at: string;
}

export interface GrantRow {
  id: string;
  account: string;
  role: string;
  area: string;
  unit: string | null;
  valid_from: string | null;
  valid_to: string | null;
}

interface SessionRow {
  token_hash: string;
  account: string;
  device: string;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
  lost_at: Generated<string | null>;
}

interface AccessRow {
  id: string;
  at: string;
  account: string;
  community: string;
  what: string;
  record_id: string;
  purpose: string;
  is_refused: number;
  about: Generated<string>;
  reason: Generated<string>;
}

interface PurgeRow {
  id: string;
  at: string;
  community: string;
  what: string;
  why: string;
  author: string | null;
  count: number;
}

interface SlipRow {
  token_hash: string;
  account: string;
  made_by: string;
  made_at: string;
  expires_at: string;
  used_at: string | null;
  /** The device that scanned it. */
  used_by: string | null;
  withdrawn_at: string | null;
}

interface AdministrationRow {
  id: string;
  at: string;
  author: string;
  area: string;
  act: string;
  subject: string;
  before: string | null;
  after: string | null;
}
