import { isIPv6 } from 'node:net';

/** Who owns an IPv6 address owns its whole /64: attempts are counted for the network, not the address. An
 * IPv4 address is its own, also where it is written as IPv6. */
export function networkOf(address: string): string {
	const [bare = ''] = address.split('%');
	if (!isIPv6(bare)) return address;
	const [, v4] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare) ?? [];
	if (v4 !== undefined) return v4;
	// The address part of a URL is normalised: lower case, no leading zeros, the longest gap as "::".
	const [left = '', right] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
	const before = left === '' ? [] : left.split(':');
	const after = right === undefined || right === '' ? [] : right.split(':');
	const gap = right === undefined ? 0 : 8 - before.length - after.length;
	const groups = [...before, ...Array<string>(gap).fill('0'), ...after];
	return `${groups.slice(0, 4).join(':')}::/64`;
}
