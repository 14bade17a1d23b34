-- What a site durably keeps. One row of `site` is the lock that orders everything the site issues.

CREATE TABLE site (
  id               smallint PRIMARY KEY CHECK (id = 1),
  state            text NOT NULL,
  reason           text NOT NULL,
  ordinal          integer NOT NULL,
  origin           text NOT NULL,
  size             bigint NOT NULL,
  edge             bytea NOT NULL,
  checkpoint       text NOT NULL,
  head_time        timestamptz NOT NULL,
  feed_incarnation bigint,
  feed_number      bigint,
  database_system   bigint NOT NULL,
  database_timeline integer NOT NULL
);

CREATE TABLE closed_log (
  ordinal    integer PRIMARY KEY,
  origin     text NOT NULL,
  size       bigint NOT NULL,
  edge       bytea NOT NULL,
  checkpoint text NOT NULL,
  head_time  timestamptz NOT NULL
);

CREATE TABLE production_order (
  id                text COLLATE "C" PRIMARY KEY,
  tenant            text NOT NULL,
  model             text NOT NULL,
  hardware_revision text NOT NULL,
  lot               text NOT NULL,
  profile           text NOT NULL,
  quantity          integer NOT NULL,
  opened_by         text NOT NULL,
  opened_at         timestamptz NOT NULL,
  issued            integer NOT NULL DEFAULT 0 CHECK (issued BETWEEN 0 AND quantity)
);

CREATE TABLE refusal (
  order_id text COLLATE "C" NOT NULL REFERENCES production_order,
  reason   text COLLATE "C" NOT NULL,
  count    bigint NOT NULL,
  PRIMARY KEY (order_id, reason)
);

-- The entries of the logs. An entry holds random octets (key, signature), so compressing is wasted work.
CREATE TABLE credential (
  log_id           bigint NOT NULL,
  log_index        bigint NOT NULL,
  device_canonical text COLLATE "C" NOT NULL,
  device           text COLLATE "C" NOT NULL,
  key_hash         bytea NOT NULL,
  order_id         text COLLATE "C" NOT NULL,
  leaf_hash        bytea NOT NULL,
  entry            bytea NOT NULL,
  PRIMARY KEY (log_id, log_index)
);
ALTER TABLE credential ALTER COLUMN entry SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX credential_device ON credential (device_canonical);
CREATE UNIQUE INDEX credential_key ON credential (key_hash);

-- Hashes of complete subtrees at tile levels 1 and above; the leaves stand in `credential`.
CREATE TABLE tree_node (
  log_id     bigint NOT NULL,
  level      integer NOT NULL,
  node_index bigint NOT NULL,
  hash       bytea NOT NULL,
  PRIMARY KEY (log_id, level, node_index)
);

CREATE TABLE recall (
  incarnation bigint NOT NULL,
  number      bigint NOT NULL,
  revokes     boolean NOT NULL,
  reason      text NOT NULL,
  selector    text NOT NULL,
  PRIMARY KEY (incarnation, number)
);

CREATE TABLE registered_log (
  log_id     bigint PRIMARY KEY,
  size       bigint NOT NULL,
  checkpoint text NOT NULL
);

CREATE TABLE feed_change (
  incarnation bigint NOT NULL,
  number      bigint NOT NULL,
  der         bytea NOT NULL,
  head        text NOT NULL,
  PRIMARY KEY (incarnation, number)
);
ALTER TABLE feed_change ALTER COLUMN der SET STORAGE EXTERNAL;

-- Keys whose private half somebody sent us.
CREATE TABLE blocked_key (
  key_hash   bytea PRIMARY KEY,
  blocked_at timestamptz NOT NULL DEFAULT now()
);
