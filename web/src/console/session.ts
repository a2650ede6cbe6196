import {useSyncExternalStore} from 'react';

import {Api, Refusal, Unreachable} from '../api/client';
import {language} from './preferences';

export type Role = 'operator' | 'auditor' | 'admin';

/** Who uses the console, by the session's cookie. */
export interface Self {
    user: string;
    roles: readonly Role[];
    expires_at: string;
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
    try {
        become({state: 'in', self: await self()});
    } catch (e) {
        become(e instanceof Refusal && e.status === 401 ? {state: 'out', ended: false} : {state: 'failed', cause: e});
    }
}

async function self(): Promise<Self> {
    const answer = await api.fetch('/api/user/self', {signal: within(ANSWER_WITHIN_MS)});
    const content = await answer.json().catch(() => {
        throw new Unreachable(`HTTP ${answer.status}`);
    });
    if (content.code !== undefined) {
        throw new Refusal(content.code, String(content.data ?? ''), answer.status, null, content.data);
    }
    return content.data as Self;
}

/** Hands the token over for a session's cookie; the page forgets it. True when the server took it. */
export async function signIn(token: string): Promise<boolean> {
    const answer = await api.fetch('/session', {method: 'POST', body: new URLSearchParams({token}), signal: within(ANSWER_WITHIN_MS)});
    if (answer.status === 204) {
        await meet();
        return true;
    }
    if (answer.status >= 500) {
        throw new Unreachable(`HTTP ${answer.status}`);
    }
    return false;
}

export async function signOut(): Promise<void> {
    await api.fetch('/session', {method: 'DELETE', signal: within(ANSWER_WITHIN_MS)});
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
