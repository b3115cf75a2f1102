/** A server for tests, with four practitioners: it says what it is told to, and keeps what it heard. */
import { clinicalDateOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { Role } from '#lib/domain/book/envelope.ts';
import type {
	EmergencyList,
	EmergencyRequest,
	EmergencyReviewRequest,
	Ending,
	Facility,
	FoundPerson,
	Journey,
	LeaseAnswer,
	ParcelOutcome,
	RefusedList,
	ReviewRequest,
	SignInRequest
} from '#lib/protocol/api.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import type { DeviceReport } from '#lib/protocol/devices.ts';
import type { PasskeyList, PasskeySignInRequest } from '#lib/protocol/passkeys.ts';
import type { ReadsReportRequest } from '#lib/protocol/reads.ts';
import type { WipedRequest } from '#lib/protocol/tablets.ts';
import type { ServerAnswer, ServerPort } from '#lib/use-cases/server-port.ts';
import { SEALING_POINT } from '#lib/vault/open-parcel.fixture.ts';

/** 08:40 on 24 November 2026 in Vietnam. */
export const NOW_MS = Date.UTC(2026, 10, 24, 1, 40);
export const NOW = '2026-11-24T08:40' as ClinicalTime;
export const TODAY = clinicalDateOf(NOW_MS);
export const PIN = '120385';
export const DATA_KEY = new Uint8Array(32).fill(5);
export const LEASE_MS = 14 * 24 * 60 * 60_000;
const LEASE: LeaseAnswer = {
	pepper: bytesToBase64url(new Uint8Array(32).fill(6)),
	leaseMs: LEASE_MS
};

export const STATION: Facility = {
	code: '14021',
	name: 'Trạm y tế xã Suối Bạc',
	kind: 'commune-station',
	commune: '03901',
	shortCode: 'SB'
};
const OTHER_STATION: Facility = { ...STATION, code: '14022', shortCode: 'PY' };

const DEVICE = { id: 'AAAAAAAAAAAAAAAAAAAAAw', number: 2, token: 'device-token' };
export const ENROLMENT_CODE = 'ABCD-1234';

interface Account {
	person: string;
	name: string;
	role?: Role;
	facility: Facility;
	pin: string;
}

function fourAccounts(): Record<string, Account> {
	return {
		'mai.tt': {
			person: 'AAAAAAAAAAAAAAAAAAAAAA',
			name: 'Trần Thị Mai',
			facility: STATION,
			pin: PIN
		},
		'lan.nt': {
			person: 'AAAAAAAAAAAAAAAAAAAAAQ',
			name: 'Nguyễn Thị Lan',
			facility: STATION,
			pin: '650321'
		},
		'hai.nd': {
			person: 'AAAAAAAAAAAAAAAAAAAABA',
			name: 'Nguyễn Đức Hải',
			role: 'doctor',
			facility: STATION,
			pin: '246810'
		},
		'hoa.lt': {
			person: 'AAAAAAAAAAAAAAAAAAAAAg',
			name: 'Lê Thị Hoa',
			facility: OTHER_STATION,
			pin: PIN
		}
	};
}

/** What the scripted server has heard, and what it is to answer. */
function newServerState() {
	return {
		isOn: true,
		accounts: fourAccounts(),
		seen: [] as SignInRequest[],
		renewals: 0,
		answerToRenewal: { type: 'answered', value: LEASE } as ServerAnswer<LeaseAnswer>,
		parcels: [] as Uint8Array[],
		answerToParcel: 'taken' as ParcelOutcome,
		reports: [] as DeviceReport[],
		reads: [] as ReadsReportRequest[],
		isToBeWiped: false,
		wiped: [] as WipedRequest[],
		people: [] as FoundPerson[],
		opened: [] as string[],
		emergencies: [] as EmergencyRequest[],
		openUntilMs: NOW_MS + 4 * 60 * 60_000,
		visitCode: 'ABCD2345',
		visitBook: '',
		ending: [] as Ending['books'],
		endingAsked: 0,
		emergencyList: { emergencies: [] } as EmergencyList,
		reviews: [] as EmergencyReviewRequest[],
		journey: { newest: [], places: [] } as Journey,
		journeysAsked: 0,
		refused: { held: [], returned: [] } as RefusedList,
		heldBytes: '',
		decided: [] as ReviewRequest[],
		answerToReview: { type: 'answered', value: 'decided' } as ServerAnswer<'decided'>,
		/** By credential id: the login whose it is. */
		passkeys: new Map<string, string>(),
		passkeyRequests: [] as PasskeySignInRequest[],
		passkeyLines: [] as PasskeyList['passkeys'],
		/** To which a code brings a device. */
		facility: STATION
	};
}

type State = ReturnType<typeof newServerState>;
type Ask = <T>(answer: () => ServerAnswer<T>) => Promise<ServerAnswer<T>>;

/** What a tablet says of itself. */
function tabletPort(
	state: State,
	ask: Ask
): Pick<ServerPort, 'reportState' | 'reportReads' | 'confirmWiped'> {
	return {
		reportState: (report) =>
			ask(() => {
				state.reports.push(report);
				if (state.isToBeWiped) return { type: 'refused', code: 'wiped' };
				return { type: 'answered', value: 'taken' };
			}),
		reportReads: (request) =>
			ask(() => {
				state.reads.push(request);
				return { type: 'answered', value: 'taken' };
			}),
		confirmWiped: (request) =>
			ask(() => {
				state.wiped.push(request);
				return { type: 'answered', value: 'confirmed' };
			})
	};
}

/** A server with four practitioners, that can be switched off and looked into. */
export function scriptedServer() {
	const state = newServerState();
	const { accounts, seen } = state;
	const ask = async <T>(answer: () => ServerAnswer<T>): Promise<ServerAnswer<T>> =>
		state.isOn ? answer() : { type: 'unreachable' };
	const port: ServerPort = {
		enrol: ({ code }) =>
			ask(() =>
				code === ENROLMENT_CODE.replace('-', '')
					? { type: 'answered', value: { facility: state.facility, device: DEVICE } }
					: { type: 'refused', code: 'enrolment-code', detail: 'unknown' }
			),
		signIn: (request) =>
			ask(() => {
				seen.push(request);
				const account = accounts[request.login];
				if (account === undefined || passwordOf(account) !== request.password)
					return { type: 'refused', code: 'sign-in-failed' };
				return { type: 'answered', value: signInAnswer(request, account) };
			}),
		renewLease: () => {
			state.renewals += 1;
			return ask(() => state.answerToRenewal);
		},
		sendParcels: (parcels) =>
			ask(() => {
				for (const parcel of parcels) state.parcels.push(parcel);
				return { type: 'answered', value: parcels.map(() => state.answerToParcel) };
			}),
		...tabletPort(state, ask),
		findPeople: () => ask(() => ({ type: 'answered', value: state.people })),
		openBook: ({ book }) =>
			ask(() => {
				state.opened.push(book);
				return { type: 'answered', value: 'opened' };
			}),
		...passkeyPort(state, ask),
		...openingPort(state, ask),
		readJourney: () =>
			ask(() => {
				state.journeysAsked += 1;
				return { type: 'answered', value: state.journey };
			}),
		listRefused: () => ask(() => ({ type: 'answered', value: state.refused })),
		readHeld: () =>
			ask(() =>
				state.heldBytes === ''
					? { type: 'refused', code: 'not-allowed' }
					: { type: 'answered', value: { bytes: state.heldBytes } }
			),
		reviewRefused: (request) =>
			ask(() => {
				state.decided.push(request);
				return state.answerToReview;
			}),
		listEditions: () => ask(() => ({ type: 'answered', value: [] })),
		readEdition: () => ask(() => ({ type: 'refused', code: 'not-found' }))
	};
	return { ...state, state, port };
}

type PasskeyCalls = Extract<keyof ServerPort, `${string}Passkey${string}`>;

/** Believes every signature, and knows whose each passkey is. Only Mai has a password here. */
function passkeyPort(
	state: ReturnType<typeof newServerState>,
	ask: Ask
): Pick<ServerPort, PasskeyCalls> {
	const isMai = (password: string) => password === passwordOf({ pin: PIN });
	const listed = (): ServerAnswer<PasskeyList> => ({
		type: 'answered',
		value: { passkeys: state.passkeyLines }
	});
	return {
		beginPasskeySignIn: () =>
			ask(() => ({ type: 'answered', value: { challenge: 'AAAA', rpId: 'localhost' } })),
		signInByPasskey: (request) =>
			ask(() => {
				state.passkeyRequests.push(request);
				const login = state.passkeys.get(request.passkey.id);
				const account = state.accounts[login ?? ''];
				if (login === undefined || account === undefined)
					return { type: 'refused', code: 'passkey-refused', detail: 'unknown' };
				return { type: 'answered', value: signInAnswer({ login }, account) };
			}),
		listPasskeys: () => ask(listed),
		beginPasskey: ({ actor, password }) =>
			ask(() =>
				isMai(password)
					? {
							type: 'answered',
							value: {
								challenge: 'AAAA',
								rpId: 'localhost',
								user: { id: actor, name: 'mai.tt', displayName: 'Trần Thị Mai' },
								exclude: []
							}
						}
					: { type: 'refused', code: 'sign-in-failed' }
			),
		addPasskey: ({ passkey, label }) =>
			ask(() => {
				state.passkeyLines.push({ id: passkey.id, label, createdMs: NOW_MS });
				return listed();
			}),
		removePasskey: ({ id, password }) =>
			ask(() => {
				if (!isMai(password)) return { type: 'refused', code: 'sign-in-failed' };
				state.passkeyLines = state.passkeyLines.filter((one) => one.id !== id);
				return listed();
			})
	};
}

type OpeningPort = Pick<
	ServerPort,
	'openInEmergency' | 'beginVisit' | 'listEnding' | 'listEmergencies' | 'reviewEmergency'
>;

/** Books that the station gets for a while. */
function openingPort(state: ReturnType<typeof newServerState>, ask: Ask): OpeningPort {
	return {
		openInEmergency: (request) =>
			ask(() => {
				state.emergencies.push(request);
				return { type: 'answered', value: { untilMs: state.openUntilMs } };
			}),
		beginVisit: ({ code }) =>
			ask(() =>
				code === state.visitCode
					? { type: 'answered', value: { book: state.visitBook, untilMs: state.openUntilMs } }
					: { type: 'refused', code: 'not-found' }
			),
		listEnding: () =>
			ask(() => {
				state.endingAsked += 1;
				return { type: 'answered', value: { books: state.ending } };
			}),
		listEmergencies: () => ask(() => ({ type: 'answered', value: state.emergencyList })),
		reviewEmergency: (request) =>
			ask(() => {
				state.reviews.push(request);
				return state.answerToReview;
			})
	};
}

function signInAnswer(
	{ login }: Pick<SignInRequest, 'login'>,
	{ person, name, facility, role = 'nurse' }: Account
) {
	return {
		practitioner: { person, name, role, login },
		facility,
		device: DEVICE,
		certificate: {
			bytes: bytesToBase64url(new Uint8Array([1])),
			signature: bytesToBase64url(new Uint8Array(64))
		},
		vault: {
			dataKey: bytesToBase64url(DATA_KEY),
			...LEASE,
			sealingKey: bytesToBase64url(SEALING_POINT)
		}
	};
}

/** The password of whoever chooses this PIN. */
export function passwordOf({ pin }: { pin: string }): string {
	return `mật khẩu ${pin}`;
}
