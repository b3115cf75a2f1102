/** What the fields of a form have in common. */
import type { Icon } from './icon.ts';

export interface FieldProps {
	label: string;
	/** For the links of the error summary; made up when absent. */
	id?: string | undefined;
	/** One line under the label. */
	hint?: string | undefined;
	/** One sentence under the control: what is needed, no blame. */
	error?: string | undefined;
	/** Says "optional" beside the label; `unsaid`: optional as everything around it, so not a word. */
	optional?: boolean | 'unsaid' | undefined;
	/** The hint stands beside the label where there is room, so that fields of one row stay level. */
	isHintBeside?: boolean | undefined;
}

/** What a control inside a field must carry. */
export interface ControlAttributes {
	id: string;
	'aria-describedby': string | undefined;
	'aria-invalid': 'true' | undefined;
	'aria-required': 'true' | undefined;
}

export interface Choice<Value extends string> {
	value: Value;
	label: string;
	/** A second line in small letters. */
	note?: string | undefined;
}

/** One field to correct; `field` is the id of its control. */
export interface FieldError {
	field: string;
	message: string;
}

/** One section of a page. */
export interface Tab<Value extends string> {
	value: Value;
	label: string;
	count?: number | undefined;
	icon?: Icon | undefined;
}
