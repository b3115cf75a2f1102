declare global {
	namespace App {
		interface PageState {
			panel?: 'sync';
		}
	}
}

export {};
