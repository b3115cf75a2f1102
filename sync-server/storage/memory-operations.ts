/** What a disk in memory is a list of. */
import type { BookId, DeviceId, PersonId } from '#lib/domain/ids.ts';
import type { EmergencyRequest, EmergencyReviewRequest } from './emergencies.ts';
import type { Facility } from '#lib/protocol/api.ts';
import type { PasskeyOperation } from './memory-passkeys.ts';
import type {
	Account,
	Device,
	DeviceChangeRequest,
	EndOfAccount,
	EnrolmentCode,
	EnrolmentRequest,
	PersonKey
} from './registry.ts';
import type { ReadsReport } from './reads-report.ts';
import type {
	AppendEntry,
	AuditRow,
	MembershipReason,
	QuarantineRow,
	ReviewRequest
} from './storage.ts';

export type Registration =
	| { type: 'account'; account: Account; audit?: AuditRow | undefined }
	| {
			type: 'password';
			person: PersonId;
			passwordHash: string;
			isStartPassword: boolean;
			audit: AuditRow;
	  }
	| { type: 'account-end'; end: EndOfAccount }
	| { type: 'device'; device: Device }
	| { type: 'device-change'; request: DeviceChangeRequest }
	| { type: 'device-report'; device: DeviceId; report: NonNullable<Device['report']> }
	| { type: 'enrolment-code'; code: EnrolmentCode; audit: AuditRow }
	| { type: 'enrol'; request: EnrolmentRequest }
	| { type: 'journal'; device: DeviceId; tip: { n: number; link: Uint8Array } }
	| { type: 'device-number'; facility: string }
	| { type: 'person-key'; key: PersonKey }
	| PasskeyOperation;

export interface Edition {
	kind: string;
	from: string;
	content: string;
	importedMs: number;
}

export type Operation =
	| { type: 'epoch'; epoch: Uint8Array }
	| { type: 'append'; entries: AppendEntry[]; audit: AuditRow }
	| {
			type: 'begin';
			facility: string;
			book: BookId;
			reason: MembershipReason;
			at: number;
			untilMs?: number;
	  }
	| { type: 'end'; facility: string; book: BookId; reason: MembershipReason; at: number }
	| { type: 'end-overdue'; at: number; limit: number }
	| { type: 'emergency'; request: EmergencyRequest; isRefused: boolean }
	| { type: 'emergency-review'; request: EmergencyReviewRequest }
	| { type: 'feed-read'; facility: string; seq: number; at: number }
	| { type: 'citizen-read'; books: { book: BookId; commit: number }[]; at: number }
	| { type: 'reads'; report: ReadsReport }
	| { type: 'quarantine'; rows: QuarantineRow[] }
	| {
			type: 'review';
			request: ReviewRequest;
			code: string;
			sender: DeviceId | undefined;
			entries: AppendEntry[];
	  }
	| { type: 'audit'; row: AuditRow }
	| { type: 'fold'; rowsMax: number; seed: Uint8Array }
	| { type: 'facility'; facility: Facility; duties: string[]; at: number }
	| { type: 'catalogue'; edition: Edition }
	| Registration
	| { type: 'confirm'; commit: number };
