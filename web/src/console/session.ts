import {useSyncExternalStore} from 'react';

import {Api, Refusal, Unreachable} from '../api/client';
import {language} from './preferences';

const ROLES = ['operator', 'auditor', 'admin'] as const;
export type Role = typeof ROLES[number];

/** Who uses the console, by the session's cookie. */
export interface Self {
    user: string;
    roles: readonly Role[];
}

/** `asking` until the server has answered who this is. */
export type Session = {state: 'asking'} | {state: 'out'; ended: boolean} | {state: 'in'; self: Self} | {state: 'failed'; cause: unknown};

export const api = new Api('', language);

const watchers = new Set<() => void>();
let session: Session = {state: 'asking'};

function become(next: Session): void {
    session = next;
    watchers.forEach(watch => watch());
}

export const useSession = (): Session => useSyncExternalStore(watcher => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
}, () => session);

/** Asks the server who this is. */
export async function meet(): Promise<void> {
    if (document.documentElement.dataset.session === 'false') {
        become({state: 'out', ended: false}); // The server saw no cookie: it would only refuse.
        return;
    }
    try {
        const {user, roles} = await api.get('/api/user/self');
        become({state: 'in', self: {user, roles: ROLES.filter(role => roles.includes(role))}});
    } catch (e) {
        become(e instanceof Refusal && e.status === 401 ? {state: 'out', ended: false} : {state: 'failed', cause: e});
    }
}

/** Hands the token over for a session's cookie; the page forgets it. True when the server took it. */
export async function signIn(token: string): Promise<boolean> {
    const answer = await api.fetch('/session', {method: 'POST', body: new URLSearchParams({token}), signal: within(ANSWER_WITHIN_MS)});
    if (answer.status === 204) {
        document.documentElement.dataset.session = 'true';
        await meet();
        return true;
    }
    if (answer.status !== 401) {
        throw new Unreachable(`HTTP ${answer.status}`);
    }
    return false;
}

export async function signOut(): Promise<void> {
    const answer = await api.fetch('/session', {method: 'DELETE', signal: within(ANSWER_WITHIN_MS)});
    if (!answer.ok && answer.status !== 401) {
        throw new Unreachable(`HTTP ${answer.status}`);
    }
    become({state: 'out', ended: false});
}

/** The server takes the session no more. */
export function ended(): void {
    if (session.state === 'in') {
        become({state: 'out', ended: true});
    }
}

const ANSWER_WITHIN_MS = 15_000;

function within(milliseconds: number): AbortSignal {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Unreachable('no answer in time')), milliseconds);
    return stop.signal;
}
