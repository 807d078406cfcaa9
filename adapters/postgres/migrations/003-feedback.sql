-- What people said of answers. Not rebuilt from S3: this is the only record.
CREATE TABLE feedback (
  id            uuid PRIMARY KEY,
  time          timestamptz NOT NULL,
  question      text NOT NULL,
  database      text NOT NULL,
  dialect       text NOT NULL,
  model         text NOT NULL,
  sql           text,
  corrected_sql text,
  vote          text NOT NULL CHECK (vote IN ('up', 'down')),
  outcome       text
);
CREATE INDEX feedback_by_time ON feedback (time, id);
