import {lazy, type ComponentType, type LazyExoticComponent} from 'react';

import type {IconName} from './parts/Icon';
import type {Role} from './session';

export type RouteName = 'home' | 'orders' | 'order' | 'holds' | 'refunds' | 'reconcile' | 'reconciled' | 'statement' | 'audit' | 'settings' | 'doctor' | 'alerts';

export interface ConsoleRoute {
    name: RouteName;
    /** Below `/admin`. */
    path: string;
    /** Who may see it; the server refuses the others. */
    roles: readonly Role[];
    page: LazyExoticComponent<ComponentType>;
    /** In the side bar, under which part of it. */
    side?: {icon: IconName; part: 'money' | 'system'};
}

/** The pages in the order of the side bar; the first that a caller may see is where they begin. */
export const ROUTES: readonly ConsoleRoute[] = [
    {name: 'home', path: '/', roles: ['operator', 'auditor'], page: lazy(() => import('./pages/Home')), side: {icon: 'home', part: 'money'}},
    {name: 'orders', path: '/orders', roles: ['operator', 'auditor'], page: lazy(() => import('./pages/Orders')), side: {icon: 'orders', part: 'money'}},
    {name: 'order', path: '/orders/:order', roles: ['operator', 'auditor'], page: lazy(() => import('./pages/Order'))},
    {name: 'holds', path: '/holds', roles: ['operator', 'auditor'], page: lazy(() => import('./pages/Holds')), side: {icon: 'holds', part: 'money'}},
    {name: 'refunds', path: '/refunds', roles: ['operator', 'auditor'], page: lazy(() => import('./pages/Refunds')), side: {icon: 'back', part: 'money'}},
    {name: 'reconcile', path: '/reconcile', roles: ['operator', 'auditor'], page: lazy(() => import('./pages/Reconcile')), side: {icon: 'books', part: 'money'}},
    {name: 'reconciled', path: '/reconcile/:provider/:day', roles: ['operator', 'auditor'], page: lazy(() => import('./pages/ReconcileDay'))},
    {name: 'statement', path: '/statement', roles: ['operator', 'auditor'], page: lazy(() => import('./pages/Statement')), side: {icon: 'sheet', part: 'money'}},
    {name: 'audit', path: '/audit', roles: ['auditor'], page: lazy(() => import('./pages/Audit')), side: {icon: 'book', part: 'money'}},
    {name: 'settings', path: '/settings/:part?', roles: ['admin'], page: lazy(() => import('./pages/Settings')), side: {icon: 'settings', part: 'system'}},
    {name: 'doctor', path: '/doctor', roles: ['admin'], page: lazy(() => import('./pages/Doctor')), side: {icon: 'doctor', part: 'system'}},
    {name: 'alerts', path: '/alerts/:part?', roles: ['operator', 'auditor', 'admin'], page: lazy(() => import('./pages/Alerts')), side: {icon: 'alerts', part: 'system'}},
];

export const may = (roles: readonly Role[], route: ConsoleRoute): boolean => route.roles.some(role => roles.includes(role));
