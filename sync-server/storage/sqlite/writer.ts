/** Everything that writes, as plain functions to be called inside a transaction of the one writer. */
import type { DatabaseSync } from 'node:sqlite';
import type { Facility } from '#lib/protocol/api.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type {
	AuditRow,
	FoldResult,
	MembershipReason,
	QuarantineResult,
	QuarantineRow,
	ReviewRequest,
	ReviewResult
} from '../storage.ts';
import type {
	EmergencyRequest,
	EmergencyResult,
	EmergencyReviewRequest,
	EmergencyReviewResult
} from '../emergencies.ts';
import type { ReadsReport } from '../reads-report.ts';
import { createAppend, type Append } from './append.ts';
import { createAccountWriter, type AccountWriter } from './accounts-write.ts';
import { createDeviceWriter, type DeviceWriter } from './devices-write.ts';
import { createRecordReads } from './book-reads.ts';
import { createAddEmergency, createOpenInEmergency, createReviewEmergency } from './emergencies.ts';
import { createEndOverdue, createMemberships } from './membership.ts';
import { createFold } from './audit-tree.ts';
import { createPasskeyWriter, type PasskeyWriter } from './passkeys.ts';
import { createAudit, createQuarantine } from './records.ts';
import { createReadNotes, type ReadNotes } from './reads.ts';
import { createReview } from './reviews.ts';
import { createRegistryWriter, type RegistryWriter } from './registry-write.ts';
import { createWriterState, type WriterState } from './state.ts';

export interface Writer
	extends RegistryWriter, AccountWriter, DeviceWriter, PasskeyWriter, ReadNotes {
	state: WriterState;
	append: Append;
	putQuarantine(rows: QuarantineRow[]): QuarantineResult[];
	review(request: ReviewRequest): ReviewResult;
	audit(row: AuditRow): void;
	beginMembership(
		facility: string,
		book: BookId,
		reason: MembershipReason,
		at: number,
		untilMs?: number
	): void;
	foldAudit(request: { rowsMax: number; seed: Uint8Array }): FoldResult;
	endMembership(facility: string, book: BookId, reason: MembershipReason, at: number): void;
	endOverdue(at: number, limit: number): number;
	openInEmergency(request: EmergencyRequest): EmergencyResult;
	reviewEmergency(request: EmergencyReviewRequest): EmergencyReviewResult;
	recordReads(report: ReadsReport): void;
	putFacility(facility: Facility, duties: string[], at: number): void;
	confirm(commit: number): void;
	/** Being carried out at all is the answer. */
	checkWritable(): void;
}

export function createWriter(database: DatabaseSync, afterEntry: () => void): Writer {
	const state = createWriterState(database);
	const memberships = createMemberships(database, state);
	const audit = createAudit(database);
	const registry = createRegistryWriter(database);
	const append = createAppend({ database, state, memberships, audit, afterEntry });
	const confirmUpTo = database.prepare('UPDATE store SET confirmed = max(confirmed, ?)');
	return {
		...registry,
		...createAccountWriter(database, audit),
		...createDeviceWriter({ database, audit, nextDeviceNumber: registry.nextDeviceNumber }),
		...createPasskeyWriter(database, audit),
		...createReadNotes(database, state),
		state,
		append,
		review: createReview({ database, append, audit }),
		putQuarantine: createQuarantine(database),
		audit,
		foldAudit: createFold(database),
		beginMembership(facility, book, reason, at, untilMs) {
			memberships.begin(state.findOrCreateBook(book), facility, reason, at, untilMs);
		},
		endOverdue: createEndOverdue(database, state, memberships, audit),
		endMembership(facility, book, reason, at) {
			const record = state.findBook(book);
			if (record !== undefined) memberships.end(record, facility, reason, at);
		},
		openInEmergency: createOpenInEmergency({ database, state, memberships, audit }),
		reviewEmergency: createReviewEmergency(database, audit),
		recordReads: createRecordReads(database, audit, createAddEmergency(database)),
		putFacility(facility, duties, at) {
			registry.putFacilityRow(facility);
			memberships.replaceDuties(facility.code, duties, at);
		},
		confirm(commit) {
			if (commit > state.head) throw new RangeError(`commit ${commit} is not in this store`);
			confirmUpTo.run(commit);
		},
		checkWritable: () => undefined
	};
}
