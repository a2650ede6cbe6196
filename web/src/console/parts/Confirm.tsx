import Modal from '@douyinfe/semi-ui-19/lib/es/modal/Modal';
import {Fragment, useId, useMemo, useRef, useState, type ReactNode} from 'react';

import {Refusal} from '../../api/client';
import {ended} from '../session';
import {useTexts} from '../texts';
import {Icon} from './Icon';
import {Note} from './Page';
import {COMMON} from './dictionary';

/** What an act changes: now, then. */
export interface Change {
    what: string;
    now: ReactNode;
    then: ReactNode;
}

interface Asked {
    title: string;
    /** Before and after of what changes. */
    changes?: readonly Change[];
    /** The heading over what comes after. */
    after?: string;
    note?: ReactNode;
    /** What else the act needs, above the reason. */
    children?: ReactNode;
    /** On the button: the act, with its amount where money moves. */
    act: string;
    danger?: boolean;
    /** What besides the reason makes it another act, which needs another key. */
    about?: string;
    /** No reason is asked for: the act decides nothing. */
    bare?: boolean;
    /** False while something is missing; the button says so by being off. */
    ready?: boolean;
    /** Does it. The key is the same for each try of the same act. */
    run: (reason: string, key: string) => Promise<void>;
    close: () => void;
}

const LONGEST_REASON = 500;

/** Asks before an act: what it changes, why it is done, and one button that says so. Closes when it is done. */
export function Confirm(asked: Asked) {
    const texts = useTexts(COMMON);
    const ids = useId();
    const field = useRef<HTMLTextAreaElement>(null);
    const [reason, setReason] = useState('');
    const [missing, setMissing] = useState(false);
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>();
    const said = reason.trim();
    const key = useMemo(newKey, [said, asked.about]);
    const run = async () => {
        const lacking = said === '' && !asked.bare;
        setMissing(lacking);
        if (lacking) {
            field.current?.focus();
            return;
        }
        setBusy(true);
        setError(undefined);
        try {
            await asked.run(said, key);
            asked.close();
        } catch (e) {
            if (e instanceof Refusal && e.code === 'UNAUTHENTICATED') {
                ended();
            }
            setError(e);
            setBusy(false);
        }
    };
    const header = <div className="dlg-head">
        <h2 id="semi-modal-title">{asked.title}</h2>
        <button type="button" className="btn quiet sm sq" aria-label={texts.close} onClick={asked.close}><Icon name="close"/></button>
    </div>;
    const footer = <>
        <button type="button" className="btn line" onClick={asked.close}>{texts.cancel}</button>
        <button type="button" className={`btn ${asked.danger ? 'danger' : 'primary'}`} disabled={busy || asked.ready === false} onClick={run}>
            {busy ? texts.working : asked.act}
        </button>
    </>;
    return <Modal visible centered motion={false} closeOnEsc maskClosable={false} onCancel={asked.close} header={header} footer={footer} className="ask">
        <div className="ask-in">
            {asked.children}
            {asked.bare ? null : <div className="fld">
                <label htmlFor={`${ids}reason`}>{texts.reason}<small>{texts.reasonHint}</small></label>
                <textarea ref={field} id={`${ids}reason`} rows={2} autoFocus className={`area ${missing ? 'err' : ''}`} maxLength={LONGEST_REASON} value={reason} required
                    aria-invalid={missing} aria-describedby={missing ? `${ids}missing` : undefined} onChange={event => setReason(event.target.value)}/>
                {missing ? <p className="e" id={`${ids}missing`}>{texts.reasonMissing}</p> : null}
            </div>}
            {asked.changes && asked.changes.length > 0 ? <BeforeAfter changes={asked.changes} after={asked.after ?? ''}/> : null}
            {asked.note ? <Note>{asked.note}</Note> : null}
            {error === undefined ? null : <div role="alert"><Note kind="bad">{error instanceof Refusal ? error.message : texts.unclear}</Note></div>}
        </div>
    </Modal>;
}

/** Now, arrow, then. */
export function BeforeAfter({changes, after}: {changes: readonly Change[]; after: string}) {
    const texts = useTexts(COMMON);
    return <div className="what">
        <h3>{texts.whatHappens}</h3>
        <div className="ba">
            <span/><span className="h">{texts.now}</span><span/><span className="h">{after}</span>
            {changes.map(change => <Fragment key={change.what}>
                <span>{change.what}</span><span>{change.now}</span><Icon name="arrow" size={16}/><b>{change.then}</b>
            </Fragment>)}
        </div>
    </div>;
}

/** A key for one act. */
export function newKey(): string {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
