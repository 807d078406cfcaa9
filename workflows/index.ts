/** Every workflow, by the name under which it is started. */
export { buildCorpus } from './corpus.js';
export { checkPairs } from './check.js';
export { evaluateModels } from './evaluate.js';
export { experiment } from './experiment.js';
export { expandTemplates } from './expand.js';
export { extractSeeds } from './seeds.js';
export { lifecycle } from './lifecycle.js';
export { mergeExperts } from './merge.js';
export { populatePairs } from './populate.js';
export { scrapeGuides } from './scrape.js';
export { trainExpert } from './train.js';
