import { phraseLines } from '../../phrase-lines.js';

/** Network addresses. */
export const networkPhrases = phraseLines(`
  '10.0.0.0'::inet + i → other: network address as many places after 10.0.0.0 as the {i} | IP address at 10.0.0.0 plus the {i}
  host('10.0.0.0/8'::inet + i) → text: IP address 10.0.0.0/8 plus the {i} without its netmask | host text of the address at 10.0.0.0/8 plus the {i}
  abbrev('10.0.0.0/8'::inet + i) → text: short form of the address at 10.0.0.0/8 plus the {i} | abbreviated IP address 10.0.0.0/8 plus the {i}
  broadcast('10.0.0.0/24'::inet + i) → other: broadcast address of the network of 10.0.0.0/24 plus the {i} | address that broadcasts to the network of
      10.0.0.0/24 plus the {i}
  network('10.0.0.0/24'::inet + i) → other: network of the address at 10.0.0.0/24 plus the {i} | network part of 10.0.0.0/24 plus the {i}
  netmask('10.0.0.0/24'::inet + i) → other: netmask of the address at 10.0.0.0/24 plus the {i} | network mask of 10.0.0.0/24 plus the {i}
  hostmask('10.0.0.0/24'::inet + i) → other: hostmask of the address at 10.0.0.0/24 plus the {i} | host mask of 10.0.0.0/24 plus the {i}
  masklen('10.0.0.0/16'::inet + i) → integer: length of the netmask of 10.0.0.0/16 plus the {i} | mask length of the address at 10.0.0.0/16 plus the {i}
  set_masklen('10.0.0.0/16'::inet + i, 24) → other: address at 10.0.0.0/16 plus the {i} with a mask length of 24 | 10.0.0.0/16 plus the {i}, its netmask
      set to 24 bits
  family('10.0.0.0'::inet + i) → integer: address family of 10.0.0.0 plus the {i} | IP version of the address at 10.0.0.0 plus the {i}
  inet_merge('10.0.0.0'::inet, '10.0.0.0'::inet + i) → other: smallest network with both 10.0.0.0 and the address as far after it as the {i} | network
      that 10.0.0.0 and 10.0.0.0 plus the {i} share
  inet_same_family('10.0.0.0'::inet, '10.0.0.0'::inet + i) → boolean group: whether 10.0.0.0 and the address as far after it as the {i} are of one
      family | equality of the families of 10.0.0.0 and 10.0.0.0 plus the {i}
`);
