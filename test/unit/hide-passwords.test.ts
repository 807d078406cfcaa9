import { expect, it } from 'vitest';
import { hidePasswords } from '../../core/hide-passwords.js';

it('leaves an address without its password, wherever in a document it stands', () => {
  expect(
    hidePasswords({
      databases: { known: [{ url: 'postgres://reader:s3:cr%40et@db.example:5432/shop', name: 'shop' }] },
      said: 'Read mariadb://a:b@h/x and https://example.org:8080/a@b.',
      n: 1,
      none: null,
    }),
  ).toEqual({
    databases: { known: [{ url: 'postgres://reader:…@db.example:5432/shop', name: 'shop' }] },
    said: 'Read mariadb://a:…@h/x and https://example.org:8080/a@b.',
    n: 1,
    none: null,
  });
});

it('leaves addresses as they are that have none', () => {
  const addresses = ['sample:retail', 'postgres://reader@host/shop', '/data/shop.sqlite', 'http://localhost:8377/v1'];
  expect(hidePasswords(addresses)).toEqual(addresses);
});
