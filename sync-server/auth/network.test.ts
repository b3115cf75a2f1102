import { expect, it } from 'vitest';
import { networkOf } from './network.ts';

it('the addresses of one IPv6 network are one; IPv4 addresses are each their own', () => {
	const cases = {
		'2001:db8:1:2:3:4:5:6': '2001:db8:1:2::/64',
		'2001:0DB8:0001:2::ffff': '2001:db8:1:2::/64',
		'2001:db8::7': '2001:db8:0:0::/64',
		'fe80::1%eth0': 'fe80:0:0:0::/64',
		'::1': '0:0:0:0::/64',
		'10.0.0.7': '10.0.0.7',
		'::ffff:10.0.0.7': '10.0.0.7',
		unknown: 'unknown'
	};
	for (const [address, network] of Object.entries(cases)) expect(networkOf(address)).toBe(network);
});
