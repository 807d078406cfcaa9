-- Batches sent to a model's batch API. The row is there before the batch is, so that a worker that dies between the two
-- leaves a mark to look for. Not rebuilt from S3: like the paid calls, it is the only record.
CREATE TABLE model_batches (
  -- sha256 of the keys of all requests that were wanted together
  requests   text NOT NULL,
  attempt    integer NOT NULL,
  id         text,
  ended      boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (requests, attempt)
);
