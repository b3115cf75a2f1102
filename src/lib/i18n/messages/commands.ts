/** The window of commands (Ctrl K). Most commands are named where they stand on the screen; here is the rest. */
import { localized } from '../language.svelte.ts';

export const vi = {
	title: 'Mở nhanh',
	label: 'Bạn muốn mở hay làm gì',
	hint: 'Gõ vài chữ, không cần dấu. Mũi tên để chọn, Enter để làm.',
	listLabel: 'Những việc làm được lúc này',
	none: 'Không có việc nào tên như vậy ở đây',
	found: (count: string) => `${count} việc`,
	opener: 'Mở nhanh mọi trang, mọi việc',
	groups: {
		window: 'Mục đang mở',
		page: 'Ở trang này',
		book: 'Sổ đang mở',
		goTo: 'Đi tới',
		act: 'Làm',
		tablet: 'Máy này'
	},
	findPerson: 'Tìm người',
	findTyped: (typed: string) => `Tìm người: ${typed}`,
	sync: 'Xem tình trạng lưu và gửi',
	language: (name: string) => `Ngôn ngữ: ${name}`,
	theme: (name: string) => `Màu màn hình: ${name}`,
	keys: 'Xem các phím tắt',
	nextItem: 'Việc tiếp theo',
	previousItem: 'Việc trước'
};

export const en: typeof vi = {
	title: 'Quick open',
	label: 'What to open or do',
	hint: 'Type a few letters. Arrows choose, Enter does it.',
	listLabel: 'What can be done now',
	none: 'Nothing here is called that',
	found: (count: string) => `${count} ${count === '1' ? 'command' : 'commands'}`,
	opener: 'Quick open: every page, every act',
	groups: {
		window: 'The open entry',
		page: 'On this page',
		book: 'The open book',
		goTo: 'Go to',
		act: 'Do',
		tablet: 'This tablet'
	},
	findPerson: 'Find a person',
	findTyped: (typed: string) => `Find a person: ${typed}`,
	sync: 'See what is saved and sent',
	language: (name: string) => `Language: ${name}`,
	theme: (name: string) => `Colours: ${name}`,
	keys: 'Show the keys',
	nextItem: 'Next item',
	previousItem: 'Previous item'
};

export const t = localized({ vi, en });
