-- Whose budget a call is paid from: the run's own, or that of the experiment which the run is a part of.
ALTER TABLE paid_calls ADD COLUMN payer text;
UPDATE paid_calls SET payer = run;
ALTER TABLE paid_calls ALTER COLUMN payer SET NOT NULL;
CREATE INDEX paid_calls_by_payer ON paid_calls (payer);
