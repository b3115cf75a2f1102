/** Addresses of the pages for managing. They name facilities, never people. */

export const FACILITY_PARAMETER = 'facility';
export const MANAGE_PATH = '/manage';
export const TABLETS_PATH = '/manage/tablets';
export const STAFF_PATH = '/manage/staff';
export const FACILITIES_PATH = '/manage/facilities';

export function tabletsPath(facility: string): string {
	return `${TABLETS_PATH}?${FACILITY_PARAMETER}=${facility}`;
}

export function staffPath(facility: string): string {
	return `${STAFF_PATH}?${FACILITY_PARAMETER}=${facility}`;
}
