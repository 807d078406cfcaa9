-- The index of what S3 holds, the lineage between its objects, and what it cost.
-- All of it but scrapes, checkpoints and paid calls can be rebuilt from the manifests in S3.

CREATE TABLE artifacts (
  sha256     text PRIMARY KEY,
  key        text NOT NULL,
  bytes      bigint NOT NULL,
  rows       bigint,
  media_type text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- A run is one execution of the lifecycle, or of a stage's workflow started alone.
CREATE TABLE runs (
  id          text PRIMARY KEY,
  name        text NOT NULL,
  spec        jsonb NOT NULL,
  status      text NOT NULL DEFAULT 'running',
  document    jsonb,
  started_at  timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);

-- A finished stage, by its stage key: whoever needs the same again takes the result from here.
CREATE TABLE stage_results (
  key         text PRIMARY KEY,
  stage       text NOT NULL,
  version     integer NOT NULL,
  run         text NOT NULL,
  inputs      jsonb NOT NULL,
  parameters  jsonb NOT NULL,
  result      jsonb NOT NULL,
  seconds     double precision NOT NULL,
  finished_at timestamptz NOT NULL
);
CREATE INDEX stage_results_by_run ON stage_results (run, stage);

-- What went into a stage and what came out of it.
CREATE TABLE lineage (
  stage_key text NOT NULL REFERENCES stage_results (key) ON DELETE CASCADE,
  direction text NOT NULL CHECK (direction IN ('in', 'out')),
  sha256    text NOT NULL,
  PRIMARY KEY (stage_key, direction, sha256)
);
CREATE INDEX lineage_by_artifact ON lineage (sha256, direction);

CREATE TABLE datasets (
  id         text PRIMARY KEY,
  run        text NOT NULL,
  dialect    text NOT NULL,
  pairs      bigint NOT NULL,
  reference  jsonb NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE models (
  id         text PRIMARY KEY,
  run        text NOT NULL,
  kind       text NOT NULL,
  dialect    text,
  parameters bigint NOT NULL,
  reference  jsonb NOT NULL,
  created_at timestamptz NOT NULL
);

-- Every answered and paid call to a teacher or judge: the same request is never paid twice.
CREATE TABLE paid_calls (
  key               text PRIMARY KEY,
  run               text NOT NULL,
  stage             text NOT NULL,
  model             text NOT NULL,
  reply             text NOT NULL,
  input_tokens      bigint NOT NULL,
  cached_input_tokens bigint NOT NULL,
  output_tokens     bigint NOT NULL,
  cost_usd          double precision,
  paid_at           timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX paid_calls_by_run ON paid_calls (run, stage);

-- The last checkpoint of a training that is not finished.
CREATE TABLE checkpoints (
  stage_key text PRIMARY KEY,
  step      bigint NOT NULL,
  folder    jsonb NOT NULL,
  saved_at  timestamptz NOT NULL DEFAULT now()
);

-- What the last scrape of some sources left: its manifest in S3, for conditional requests and to tell what changed.
CREATE TABLE scrapes (
  sources    text PRIMARY KEY,
  dialect    text NOT NULL,
  manifest   jsonb NOT NULL,
  scraped_at timestamptz NOT NULL DEFAULT now()
);
