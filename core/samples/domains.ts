import { airline } from './airline.js';
import { bank } from './bank.js';
import type { SampleDomain } from './domain.js';
import { hospital } from './hospital.js';
import { hotel } from './hotel.js';
import { humanResources } from './human-resources.js';
import { library } from './library.js';
import { logistics } from './logistics.js';
import { musicStreaming } from './music-streaming.js';
import { realEstate } from './real-estate.js';
import { retail } from './retail.js';
import { sportsLeague } from './sports-league.js';
import { university } from './university.js';

/** Every sample database. A new one is a file beside this and a line here. */
export const domains: SampleDomain[] = [
  retail,
  hospital,
  university,
  airline,
  library,
  musicStreaming,
  humanResources,
  realEstate,
  logistics,
  sportsLeague,
  bank,
  hotel,
];

/** Their names, as `sample:<name>` writes them. */
export const sampleDomains: string[] = domains.map(({ name }) => name);
