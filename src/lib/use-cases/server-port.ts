/** What use cases ask of the server besides syncing. Implemented over HTTP; scripted in tests. */
import type {
	CatalogueKind,
	EditionList,
	EmergencyAnswer,
	EmergencyList,
	EmergencyListRequest,
	EmergencyRequest,
	EmergencyReviewRequest,
	Ending,
	EndingRequest,
	FindRequest,
	FoundPerson,
	HeldRead,
	HeldReadRequest,
	Journey,
	JourneyRequest,
	LeaseAnswer,
	LeaseRequest,
	OpenRequest,
	ParcelOutcome,
	RefusedList,
	RefusedListRequest,
	ReviewRequest,
	SignInAnswer,
	SignInRequest,
	VisitAnswer,
	VisitRequest
} from '#lib/protocol/api.ts';
import type { DeviceReport, EnrolAnswer, EnrolRequest } from '#lib/protocol/devices.ts';
import type {
	PasskeyAddOptions,
	PasskeyAddOptionsRequest,
	PasskeyAddRequest,
	PasskeyList,
	PasskeyListRequest,
	PasskeyRemoveRequest,
	PasskeySignInOptions,
	PasskeySignInRequest
} from '#lib/protocol/passkeys.ts';
import type { ReadsReportRequest } from '#lib/protocol/reads.ts';
import type { WipedRequest } from '#lib/protocol/tablets.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';

export type ServerAnswer<T> =
	| { type: 'answered'; value: T }
	/** No answer, or one that is not this server's: a cut line, a captive portal. */
	| { type: 'unreachable' }
	/** `code` is the last part of a problem's type (`PROBLEM_TYPES`). */
	| {
			type: 'refused';
			code: string;
			path?: string;
			detail?: string;
			retryAfterSeconds?: number;
	  };

export interface ServerPort {
	enrol(request: EnrolRequest): Promise<ServerAnswer<EnrolAnswer>>;
	signIn(request: SignInRequest, deviceToken: string): Promise<ServerAnswer<SignInAnswer>>;
	beginPasskeySignIn(deviceToken: string): Promise<ServerAnswer<PasskeySignInOptions>>;
	signInByPasskey(
		request: PasskeySignInRequest,
		deviceToken: string
	): Promise<ServerAnswer<SignInAnswer>>;
	listPasskeys(
		request: PasskeyListRequest,
		deviceToken: string
	): Promise<ServerAnswer<PasskeyList>>;
	/** Those that add and remove answer what there is then. */
	beginPasskey(
		request: PasskeyAddOptionsRequest,
		deviceToken: string
	): Promise<ServerAnswer<PasskeyAddOptions>>;
	addPasskey(request: PasskeyAddRequest, deviceToken: string): Promise<ServerAnswer<PasskeyList>>;
	removePasskey(
		request: PasskeyRemoveRequest,
		deviceToken: string
	): Promise<ServerAnswer<PasskeyList>>;
	renewLease(request: LeaseRequest, deviceToken: string): Promise<ServerAnswer<LeaseAnswer>>;
	/** What becomes of each parcel, in their order. */
	sendParcels(parcels: Uint8Array[], deviceToken: string): Promise<ServerAnswer<ParcelOutcome[]>>;
	/** How this device stands; `wiped` when it is to wipe itself. */
	reportState(report: DeviceReport, deviceToken: string): Promise<ServerAnswer<'taken'>>;
	/** What was opened on this device. */
	reportReads(request: ReadsReportRequest, deviceToken: string): Promise<ServerAnswer<'taken'>>;
	/** This device has destroyed its keys and handed in what waited. */
	confirmWiped(request: WipedRequest, deviceToken: string): Promise<ServerAnswer<'confirmed'>>;
	findPeople(request: FindRequest, deviceToken: string): Promise<ServerAnswer<FoundPerson[]>>;
	openBook(request: OpenRequest, deviceToken: string): Promise<ServerAnswer<'opened'>>;
	openInEmergency(
		request: EmergencyRequest,
		deviceToken: string
	): Promise<ServerAnswer<EmergencyAnswer>>;
	beginVisit(request: VisitRequest, deviceToken: string): Promise<ServerAnswer<VisitAnswer>>;
	/** The books that the facility has for a while only. */
	listEnding(request: EndingRequest, deviceToken: string): Promise<ServerAnswer<Ending>>;
	listEmergencies(
		request: EmergencyListRequest,
		deviceToken: string
	): Promise<ServerAnswer<EmergencyList>>;
	reviewEmergency(
		request: EmergencyReviewRequest,
		deviceToken: string
	): Promise<ServerAnswer<'decided'>>;
	readJourney(request: JourneyRequest, deviceToken: string): Promise<ServerAnswer<Journey>>;
	listRefused(request: RefusedListRequest, deviceToken: string): Promise<ServerAnswer<RefusedList>>;
	readHeld(request: HeldReadRequest, deviceToken: string): Promise<ServerAnswer<HeldRead>>;
	reviewRefused(request: ReviewRequest, deviceToken: string): Promise<ServerAnswer<'decided'>>;
	listEditions(): Promise<ServerAnswer<EditionList['editions']>>;
	/** The text of an imported edition of a catalogue. */
	readEdition(kind: CatalogueKind, from: ClinicalDate): Promise<ServerAnswer<string>>;
}
