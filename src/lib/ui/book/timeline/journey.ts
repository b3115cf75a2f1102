/** Where an entry is on its way: on the server, or still only on this tablet. */
export type OutboxJourney = 'waiting' | 'refused';
export type Journey = OutboxJourney | 'server';
