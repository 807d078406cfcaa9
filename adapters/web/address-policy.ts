import { BlockList, isIP } from 'node:net';

/**
 * Addresses that no scrape may reach: private, loopback, link-local (cloud metadata among them), multicast, documentation and every
 * other range that IANA's special-purpose registries do not mark as globally reachable.
 * https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const closedV4 = rangesOf('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]);
/** Of IPv6 only global unicast is open, without the blocks inside it that wrap IPv4 addresses or serve protocols and examples. */
const openV6 = rangesOf('ipv6', ['2000::/3']);
const closedV6 = rangesOf('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export interface AddressPolicy {
  /** Allows 127.0.0.0/8 and ::1, for tests and for a mirror on this machine. Nothing else that is private is ever allowed. */
  allowLoopback: boolean;
}

/** Whether a connection to this IP address (text, v4 or v6) is allowed. */
export function isAllowedAddress(address: string, { allowLoopback }: AddressPolicy): boolean {
  const bare = address.split('%')[0] ?? '';
  const family = isIP(bare);
  if (family === 0) return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  if (kind === 'ipv6' && /^::ffff:/i.test(bare)) return false;
  if (loopback.check(bare, kind)) return allowLoopback;
  return kind === 'ipv4' ? !closedV4.check(bare, kind) : openV6.check(bare, kind) && !closedV6.check(bare, kind);
}

function rangesOf(kind: 'ipv4' | 'ipv6', ranges: string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits = ''] = range.split('/');
    list.addSubnet(network, Number(bits), kind);
  }
  return list;
}
