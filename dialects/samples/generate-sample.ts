import { Faker, en } from '@faker-js/faker';
import type { WordKind } from '../../core/samples/domain.js';
import { domains } from '../../core/samples/domains.js';
import { generateDatabase, type FakeWords } from '../../core/samples/generate.js';
import { createRandom } from '../../core/sampling/random.js';
import type { DatabaseData } from '../../core/samples/table-data.js';

/** Makes a sample database; the same domain and seed give the same rows in every dialect and on every day. */
export function generateSample(domain: string, seed: number): DatabaseData {
  const found = domains.find(({ name }) => name === domain);
  if (!found) throw new Error(`There is no sample database "${domain}".`);
  return generateDatabase(found, createRandom(seed), fakeWords(seed));
}

function fakeWords(seed: number): FakeWords {
  const faker = new Faker({ locale: en, seed });
  const makers: Record<WordKind, () => string> = {
    person: () => `${faker.person.firstName()} ${faker.person.lastName()}`,
    company: () => faker.company.name(),
    email: () => faker.internet.email().toLowerCase(),
    phone: () => faker.helpers.fromRegExp('555-[0-9]{4}'),
    street: () => `${faker.number.int({ min: 1, max: 199 })} ${faker.location.street()}`,
    product: () => faker.commerce.productName(),
    song: () => faker.music.songName(),
    album: () => faker.music.album(),
    band: () => faker.music.artist(),
    book: () => faker.book.title(),
    job: () => faker.person.jobTitle(),
    postcode: () => faker.helpers.fromRegExp('[1-9][0-9]{4}'),
  };
  return (kind) => makers[kind]();
}
