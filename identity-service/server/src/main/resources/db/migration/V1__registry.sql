-- The identity service's records. Locks are taken in one order: a log's row; the registry's inserts in
-- key order; the tenant's feed (advisory lock); the feed's head.

CREATE TABLE installation (
  id       smallint PRIMARY KEY CHECK (id = 1),
  system   text NOT NULL,
  timeline bigint NOT NULL
);

CREATE TABLE site (
  tenant        text COLLATE "C" NOT NULL,
  name          text COLLATE "C" NOT NULL,
  number        bigint NOT NULL,
  bundle        text NOT NULL,
  client_key    bytea NOT NULL UNIQUE,
  registered_by text NOT NULL,
  registered_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, name)
);

CREATE TABLE site_issuer (
  key_hash bytea PRIMARY KEY,
  tenant   text COLLATE "C" NOT NULL,
  site     text COLLATE "C" NOT NULL,
  FOREIGN KEY (tenant, site) REFERENCES site (tenant, name)
);

CREATE TABLE log (
  id               bigint PRIMARY KEY,
  opened           bigint GENERATED ALWAYS AS IDENTITY,
  serial_bits      integer NOT NULL UNIQUE,
  origin           text NOT NULL,
  key              bytea NOT NULL,
  tenant           text COLLATE "C" NOT NULL,
  site             text COLLATE "C" NOT NULL,
  closed           boolean NOT NULL,
  size             bigint NOT NULL,
  edge             bytea NOT NULL,
  root             bytea NOT NULL,
  last_issued_at   timestamptz,
  feed_incarnation bigint NOT NULL,
  feed_number      bigint NOT NULL,
  checkpoint       text NOT NULL,
  ingested_at      timestamptz NOT NULL,
  FOREIGN KEY (tenant, site) REFERENCES site (tenant, name)
);

-- Keys and signatures do not compress.
CREATE TABLE log_entry (
  log_id    bigint NOT NULL,
  log_index bigint NOT NULL,
  der       bytea NOT NULL,
  leaf_hash bytea NOT NULL,
  bad       boolean NOT NULL,
  PRIMARY KEY (log_id, log_index)
);
ALTER TABLE log_entry ALTER COLUMN der SET STORAGE EXTERNAL;

CREATE TABLE facts (
  id                integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant            text COLLATE "C" NOT NULL,
  site              text COLLATE "C" NOT NULL,
  order_id          text COLLATE "C" NOT NULL,
  lot               text COLLATE "C" NOT NULL,
  model             text COLLATE "C" NOT NULL,
  hardware_revision text COLLATE "C" NOT NULL,
  profile           text COLLATE "C" NOT NULL,
  station           text COLLATE "C" NOT NULL,
  UNIQUE (tenant, site, order_id, lot, model, hardware_revision, profile, station)
);

CREATE TABLE site_order (
  tenant   text COLLATE "C" NOT NULL,
  site     text COLLATE "C" NOT NULL,
  id       text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL,
  issued   bigint NOT NULL,
  PRIMARY KEY (tenant, site, id)
);

CREATE TABLE device (
  tenant            text COLLATE "C" NOT NULL,
  canonical         text COLLATE "C" NOT NULL,
  device            text COLLATE "C" NOT NULL,
  site              text COLLATE "C" NOT NULL,
  model             text COLLATE "C" NOT NULL,
  hardware_revision text COLLATE "C" NOT NULL,
  lot               text COLLATE "C" NOT NULL,
  order_id          text COLLATE "C" NOT NULL,
  registered_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant, canonical)
);
CREATE INDEX device_lot ON device (tenant, lot, canonical);
CREATE INDEX device_order ON device (tenant, order_id, canonical);

CREATE TABLE device_key (
  tenant   text COLLATE "C" NOT NULL,
  key_hash bytea NOT NULL,
  site     text COLLATE "C" NOT NULL,
  device   text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, key_hash)
);

CREATE TABLE renewal (
  log_id      bigint NOT NULL,
  log_index   bigint NOT NULL,
  child_log   bigint NOT NULL,
  child_index bigint NOT NULL,
  PRIMARY KEY (log_id, log_index)
);

CREATE TABLE credential (
  log_id           bigint NOT NULL,
  log_index        bigint NOT NULL,
  tenant           text COLLATE "C" NOT NULL,
  device_canonical text COLLATE "C" NOT NULL,
  device           text COLLATE "C" NOT NULL,
  serial           bytea NOT NULL,
  fingerprint      bytea NOT NULL,
  key_hash         bytea NOT NULL,
  tag              integer NOT NULL,
  facts            integer NOT NULL,
  not_before       timestamptz NOT NULL,
  not_after        timestamptz NOT NULL,
  issued_at        timestamptz NOT NULL,
  renews_log       bigint,
  renews_index     bigint,
  PRIMARY KEY (log_id, log_index)
);
CREATE INDEX credential_device ON credential (tenant, device_canonical);
CREATE INDEX credential_fingerprint ON credential (fingerprint);
CREATE INDEX credential_key ON credential (tenant, key_hash);

-- For each value of an attribute that credentials share: who has it, as a compressed bitmap.
CREATE TABLE membership (
  tenant    text COLLATE "C" NOT NULL,
  attribute text COLLATE "C" NOT NULL,
  value     text COLLATE "C" NOT NULL,
  log_id    bigint NOT NULL,
  bitmap    bytea NOT NULL,
  PRIMARY KEY (tenant, attribute, value, log_id)
);
ALTER TABLE membership ALTER COLUMN bitmap SET STORAGE EXTERNAL;

CREATE TABLE status_page (
  log_id bigint NOT NULL,
  plane  integer NOT NULL,
  page   integer NOT NULL,
  bits   bytea NOT NULL,
  PRIMARY KEY (log_id, plane, page)
);

CREATE TABLE feed_head (
  tenant      text COLLATE "C" PRIMARY KEY,
  incarnation bigint NOT NULL,
  number      bigint NOT NULL,
  hash        bytea NOT NULL,
  note        text NOT NULL
);

CREATE TABLE change (
  tenant      text COLLATE "C" NOT NULL,
  incarnation bigint NOT NULL,
  number      bigint NOT NULL,
  der         bytea NOT NULL,
  head        text NOT NULL,
  PRIMARY KEY (tenant, incarnation, number)
);
ALTER TABLE change ALTER COLUMN der SET STORAGE EXTERNAL;

-- Whom a change named, in force or not: for timelines.
CREATE TABLE change_member (
  tenant      text COLLATE "C" NOT NULL,
  log_id      bigint NOT NULL,
  incarnation bigint NOT NULL,
  number      bigint NOT NULL,
  first_index bigint NOT NULL,
  last_index  bigint NOT NULL,
  bitmap      bytea NOT NULL,
  PRIMARY KEY (tenant, log_id, incarnation, number)
);
ALTER TABLE change_member ALTER COLUMN bitmap SET STORAGE EXTERNAL;

CREATE TABLE answered_request (
  tenant          text COLLATE "C" NOT NULL,
  idempotency_key text COLLATE "C" NOT NULL,
  request         bytea NOT NULL,
  incarnation     bigint NOT NULL,
  number          bigint NOT NULL,
  PRIMARY KEY (tenant, idempotency_key)
);

CREATE TABLE in_force (
  tenant            text COLLATE "C" NOT NULL,
  incarnation       bigint NOT NULL,
  number            bigint NOT NULL,
  kind              integer NOT NULL,
  reason            integer NOT NULL,
  selector          text NOT NULL,
  key_attribute     text COLLATE "C",
  key_value         text COLLATE "C",
  cause_incarnation bigint,
  cause_number      bigint,
  PRIMARY KEY (tenant, incarnation, number)
);
CREATE INDEX in_force_key ON in_force (tenant, key_attribute, key_value);
CREATE INDEX in_force_cause ON in_force (tenant, cause_incarnation, cause_number);

-- What a change in force holds now, and what it held once and does not hold again.
CREATE TABLE holding (
  tenant      text COLLATE "C" NOT NULL,
  incarnation bigint NOT NULL,
  number      bigint NOT NULL,
  log_id      bigint NOT NULL,
  last_index  bigint NOT NULL,
  held        bytea NOT NULL,
  lifted      bytea NOT NULL,
  PRIMARY KEY (tenant, incarnation, number, log_id),
  FOREIGN KEY (tenant, incarnation, number) REFERENCES in_force ON DELETE CASCADE
);
CREATE INDEX holding_end ON holding (log_id, last_index);
ALTER TABLE holding ALTER COLUMN held SET STORAGE EXTERNAL;
ALTER TABLE holding ALTER COLUMN lifted SET STORAGE EXTERNAL;

CREATE TABLE consumer (
  tenant      text COLLATE "C" NOT NULL,
  name        text COLLATE "C" NOT NULL,
  kind        text NOT NULL,
  subject     text NOT NULL,
  incarnation bigint NOT NULL,
  number      bigint NOT NULL,
  lease_until timestamptz NOT NULL,
  PRIMARY KEY (tenant, name)
);

CREATE TABLE acknowledgement (
  tenant      text COLLATE "C" NOT NULL,
  name        text COLLATE "C" NOT NULL,
  incarnation bigint NOT NULL,
  number      bigint NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (tenant, name, incarnation, number),
  FOREIGN KEY (tenant, name) REFERENCES consumer ON DELETE CASCADE
);

CREATE TABLE device_event (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant             text COLLATE "C" NOT NULL,
  device             text COLLATE "C" NOT NULL,
  at                 timestamptz NOT NULL,
  event              text NOT NULL,
  detail             text NOT NULL,
  log_id             bigint NOT NULL,
  log_index          bigint NOT NULL,
  change_incarnation bigint,
  change_number      bigint
);
CREATE INDEX device_event_device ON device_event (tenant, device, id);

CREATE TABLE alarm (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant  text COLLATE "C" NOT NULL,
  kind    text COLLATE "C" NOT NULL,
  site    text,
  log_id  bigint,
  subject text COLLATE "C" NOT NULL,
  at      timestamptz NOT NULL,
  detail  text NOT NULL,
  UNIQUE NULLS NOT DISTINCT (tenant, kind, log_id, subject)
);
