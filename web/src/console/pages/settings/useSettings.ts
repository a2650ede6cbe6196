import {createContext, useCallback, useContext, useEffect, useMemo, useState} from 'react';

import {Refusal, type Data} from '../../../api/client';
import {useData} from '../../parts/useData';
import {api, ended} from '../../session';
import {body, changed, localFaults, settingOf, textsByField, type Draft, type Fault, type Input, type LocalFault} from './draft';
import type {Field} from './fields';

export type Audit = Data<'/api/option/audit', 'get'>;
export type Origin = Audit['settings'][number];

/** What became of saving. `checked`: live checks failed, which may be left out; `others` are texts about no single setting. `unknown`: no answer came, or the change is not live yet; the same again changes nothing more. */
export type Outcome = {kind: 'none'} | {kind: 'saved'; names: readonly string[]} | {kind: 'refused'; names: readonly string[]; checked: boolean; others: readonly string[]}
    | {kind: 'unknown'; error: unknown};

export interface Editing {
    saved: Readonly<Record<string, unknown>>;
    audit: Audit;
    draft: Draft;
    /** What is typed and differs from what is saved. */
    changes: readonly Field[];
    local: Record<string, LocalFault>;
    /** The server's texts about what it refused, by the setting's name. */
    faults: Readonly<Record<string, string>>;
    /** The same about what is typed now, while prices are previewed. */
    live: Readonly<Record<string, string>>;
    setLive: (faults: Readonly<Record<string, string>>) => void;
    outcome: Outcome;
    saving: boolean;
    /** Why keys are replaced. */
    reason: 'rotate' | 'leaked';
    set: (name: string, input: Input | undefined) => void;
    setReason: (reason: 'rotate' | 'leaked') => void;
    save: (unchecked?: boolean) => Promise<void>;
    discard: () => void;
}

const EditingContext = createContext<Editing | null>(null);
export const EditingProvider = EditingContext.Provider;

export function useEditing(): Editing {
    const editing = useContext(EditingContext);
    if (!editing) {
        throw new Error('no settings are being edited here');
    }
    return editing;
}

interface Read {
    saved: Readonly<Record<string, unknown>>;
    audit: Audit;
}

async function read(signal?: AbortSignal): Promise<Read> {
    const stop = signal ? {signal} : {};
    const [saved, audit] = await Promise.all([api.get('/api/option', stop), api.get('/api/option/audit', stop)]);
    return {saved: saved as Readonly<Record<string, unknown>>, audit};
}

/** The settings, who changed what, and what is typed: one draft for all parts, so that nothing is lost between them. */
export function useSettings() {
    const loaded = useData(read);
    const [draft, setDraft] = useState<Draft>({});
    const [faults, setFaults] = useState<Record<string, string>>({});
    const [live, setLive] = useState<Readonly<Record<string, string>>>({});
    const [outcome, setOutcome] = useState<Outcome>({kind: 'none'});
    const [saving, setSaving] = useState(false);
    const [reason, setReason] = useState<'rotate' | 'leaked'>('rotate');
    const [reread, setReread] = useState<{of: Read | undefined; read: Read} | null>(null);
    const {retry} = loaded;
    const data = reread && reread.of === loaded.data ? reread.read : loaded.data;

    const set = useCallback((name: string, input: Input | undefined) => {
        setDraft(last => {
            const next = {...last};
            if (input === undefined) {
                delete next[name];
            } else {
                next[name] = input;
            }
            return next;
        });
        setFaults(({[name]: _, ...rest}) => rest);
        setOutcome(last => last.kind === 'saved' ? {kind: 'none'} : last);
    }, []);
    const discard = useCallback(() => {
        setDraft({});
        setFaults({});
        setLive({});
        setOutcome({kind: 'none'});
        setReason('rotate');
    }, []);
    const save = useCallback(async (unchecked = false) => {
        if (!data) {
            return;
        }
        setSaving(true);
        setFaults({});
        setOutcome({kind: 'none'});
        try {
            const {changed: names} = await api.put('/api/option', {query: {unchecked, reason}, body: body(draft, data.saved)});
            // What is typed stays until what was saved is read again: no field shows its old value in between.
            const now = await read().catch(() => null);
            if (now) {
                setReread({of: loaded.data, read: now});
            } else {
                retry();
            }
            setDraft({});
            setReason('rotate');
            setOutcome({kind: 'saved', names});
        } catch (e) {
            if (e instanceof Refusal && Array.isArray(e.data)) {
                const all = e.data as Fault[];
                const texts = textsByField(all);
                setFaults(texts);
                setOutcome({kind: 'refused', names: Object.keys(texts), checked: all.every(fault => fault.check !== undefined),
                    others: all.filter(fault => settingOf(fault) === null).map(fault => fault.message)});
            } else {
                if (e instanceof Refusal && e.code === 'UNAUTHENTICATED') {
                    ended();
                }
                setOutcome({kind: 'unknown', error: e});
            }
        } finally {
            setSaving(false);
        }
    }, [data, draft, loaded.data, reason, retry]);

    const changes = useMemo(() => data ? changed(draft, data.saved) : [], [data, draft]);
    const unsaved = changes.length > 0;
    useEffect(() => {
        if (!unsaved) {
            return undefined;
        }
        const warn = (event: BeforeUnloadEvent) => event.preventDefault();
        window.addEventListener('beforeunload', warn);
        return () => window.removeEventListener('beforeunload', warn);
    }, [unsaved]);

    const editing = data && {...data, draft, changes, local: localFaults(draft, data.saved), faults, live, setLive, outcome, saving, reason, set, setReason, save, discard};
    return {loaded, editing: editing as Editing | undefined};
}
