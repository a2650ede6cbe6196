import {useEffect, useId, useRef, useState} from 'react';

import {Icon} from '../../parts/Icon';
import {useTexts} from '../../texts';
import {short} from '../../time';
import {describedBy, Fld, useField} from './Control';
import {isProven} from './draft';
import {SETTINGS} from './dictionary';
import {useEditing} from './useSettings';

/** No key is larger. */
const LARGEST_FILE = 16_384;

/** A key: its mask, until another one is to be set. It is sent only then. */
export function SecretControl({name, remark, provider}: {name: string; remark: string; provider: string}) {
    const id = useId();
    const editing = useEditing();
    const texts = useTexts(SETTINGS);
    const {field, input, title, fault, set} = useField(name);
    const mask = editing.saved[name];
    const [open, setOpen] = useState(false);
    const [visible, setVisible] = useState(false);
    const control = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
    const typing = open || input !== '' || mask === undefined;
    const saved = editing.outcome.kind === 'saved';
    useEffect(() => {
        if (saved) {
            setOpen(false);
            setVisible(false);
        }
    }, [saved]);
    const begin = () => {
        setOpen(true);
        setTimeout(() => control.current?.focus());
    };
    const keep = () => {
        setOpen(false);
        setVisible(false);
        set(undefined);
    };
    const described = describedBy(id, remark, true);
    const help = <>{field.verifies && mask !== undefined && input !== '' ? <WhyReplaced/> : null}<KeyState name={name} provider={provider}/></>;
    if (!typing) {
        return <Fld id={id} title={title} remark={remark} help={help} fault={fault}>
            <div className={`inp ${fault ? 'err' : ''}`}>
                <span className="t3"><Icon name="key" size={16}/></span>
                <input id={id} className="mono" value={String(mask)} readOnly aria-describedby={described} aria-invalid={fault !== undefined}/>
                <button type="button" className="link" aria-label={texts.replace(title) as string} onClick={begin}>{texts.replaceShort}</button>
            </div>
        </Fld>;
    }
    const common = {id, ref: control, value: input as string, spellCheck: false, autoComplete: 'off', 'aria-invalid': fault !== undefined, 'aria-describedby': described} as const;
    const acts = <>
        {input === '' ? null : <button type="button" className="link" aria-label={(visible ? texts.hide : texts.reveal)(title) as string} onClick={() => setVisible(!visible)}>{visible ? texts.hideShort : texts.revealShort}</button>}
        {mask === undefined ? null : <button type="button" className="link" aria-label={texts.keep(title) as string} onClick={keep}>{texts.keepShort}</button>}
    </>;
    return <Fld id={id} title={title} remark={remark} help={help} fault={fault}>
        {field.kind === 'password'
            ? <div className={`inp ${fault ? 'err' : ''}`}>
                <span className="t3"><Icon name="key" size={16}/></span>
                <input {...common} autoComplete="new-password" className="mono" type={visible ? 'text' : 'password'} onChange={event => set(event.target.value)}/>{acts}
            </div>
            : <div className="keyfile">
                <textarea {...common} className={`area mono ${visible ? '' : 'secret'} ${fault ? 'err' : ''}`} rows={5} onChange={event => set(event.target.value)}/>
                <div><FromFile take={set}/>{acts}</div>
            </div>}
    </Fld>;
}

/** What is known of the key that is set. */
function KeyState({name, provider}: {name: string; provider: string}) {
    const {saved, audit} = useEditing();
    const texts = useTexts(SETTINGS);
    const origin = audit.settings.find(each => each.name === name);
    const previous = audit.settings.find(each => each.name === `${name}Previous`);
    const old = saved[`${name}Previous`];
    const verifies = name === 'WechatApiV2Key' || name === 'AlipayPublicKey';
    if (saved[name] === undefined) {
        return <>{texts.notSet}</>;
    }
    return <>
        {verifies && origin?.source === 'operator' ? isProven(origin.proven_by, saved)
            ? <span className="okc state"><Icon name="check" size={16}/>{texts.proven(provider)}</span>
            : <span className="warnc state"><Icon name="warn" size={16}/>{texts.unproven(provider)}</span> : null}
        <span>{texts.lastFour}</span>
        {old !== undefined && previous?.honoured_until ? <span> {texts.previous(String(old), short(new Date(previous.honoured_until), Date.now()))}</span> : null}
    </>;
}

/** Whether the key that is replaced is still accepted for a while. */
function WhyReplaced() {
    const {reason, setReason} = useEditing();
    const texts = useTexts(SETTINGS);
    const id = useId();
    return <fieldset className="whyreplaced">
        <legend className="h">{texts.why}</legend>
        {(['rotate', 'leaked'] as const).map(each => <label key={each}>
            <input type="radio" name={id} checked={reason === each} onChange={() => setReason(each)}/>{texts[each]}
        </label>)}
    </fieldset>;
}

function FromFile({take}: {take: (text: string) => void}) {
    const texts = useTexts(SETTINGS);
    const [fault, setFault] = useState('');
    const read = async (file: File | undefined) => {
        setFault('');
        if (!file) {
            return;
        }
        if (file.size > LARGEST_FILE) {
            setFault(texts.fileTooLarge);
            return;
        }
        try {
            take(await file.text());
        } catch {
            setFault(texts.fileUnreadable);
        }
    };
    return <>
        <label className="link file">{texts.fromFile}
            <input type="file" className="vh" accept=".pem,.key,.txt,.pub" onChange={event => {
                void read(event.target.files?.[0]);
                event.target.value = '';
            }}/>
        </label>
        <span role="alert" className={fault ? 'badc' : 'vh'}>{fault}</span>
    </>;
}
