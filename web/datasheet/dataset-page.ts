import type { Datasheet } from '../../core/datasheet.js';
import type { DialectManifest } from '../../core/dialect.js';
import type { ExportSplit } from '../../core/export/formats.js';
import type { Pair } from '../../core/template.js';

/** A pair and the split that it is in. */
export type SplitPair = Pair & { split: ExportSplit };

/** All that a datasheet page is drawn from. */
export interface DatasetPage {
  id: string;
  run: string | null;
  createdAt: string | null;
  /** Version of Dialectic. */
  version: string;
  dialect: DialectManifest;
  databases: string[];
  datasheet: Datasheet;
  /** Every pair, for the charts. */
  pairs: SplitPair[];
  /** Those that are shown. */
  sample: SplitPair[];
}
