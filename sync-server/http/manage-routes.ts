/** Everything behind the pages for managing: `/api/manage`. */
import type { FastifyInstance } from 'fastify';
import type { ManageSessionDeps } from './manage-session-routes.ts';
import { addManageSessionRoutes } from './manage-session-routes.ts';
import { addManageStaffRoutes } from './manage-staff-routes.ts';
import { addManageTabletRoutes, type ManageTabletDeps } from './manage-tablet-routes.ts';

type ManageDeps = ManageSessionDeps & ManageTabletDeps;
export type ManageAccess = Pick<
	ManageDeps,
	'sessions' | 'checkManager' | 'changePassword' | 'wipes' | 'randomBytes'
>;

export function addManageRoutes(app: FastifyInstance, deps: ManageDeps): void {
	addManageSessionRoutes(app, deps);
	addManageTabletRoutes(app, deps);
	addManageStaffRoutes(app, deps);
}
