import Popover from '@douyinfe/semi-ui-19/lib/es/popover';
import {useEffect, useId, useRef, useState, type FormEvent, type ReactNode} from 'react';

import {Icon, type IconName} from '../../parts/Icon';
import {useDialogName} from '../../parts/useDialogName';
import {useTexts} from '../../texts';
import {ORDERS} from './dictionary';

interface Shown {
    name: string;
    /** What it is narrowed to, in the reader's language; empty when it narrows nothing. */
    value: string;
    icon?: IconName;
    children: (close: () => void) => ReactNode;
}

/** A button that shows what a list is narrowed to, and opens the choice. */
export function Filter({name, value, icon, children}: Shown) {
    const [open, setOpen] = useState(false);
    const button = useRef<HTMLButtonElement>(null);
    const close = () => {
        setOpen(false);
        button.current?.focus();
    };
    return <Popover visible={open} trigger="custom" position="bottomLeft" motion={false} spacing={6} showArrow={false} closeOnEsc
        onEscKeyDown={close} onClickOutSide={() => setOpen(false)} content={<Inside name={name}>{children(close)}</Inside>}>
        <button ref={button} type="button" className={`sel ${value ? 'on' : ''}`} aria-label={value ? `${name}: ${value}` : name} onClick={() => setOpen(last => !last)}>
            {icon ? <Icon name={icon} size={16}/> : null}{value ? <b>{value}</b> : name}<Icon name="down" size={14}/>
        </button>
    </Popover>;
}

function Inside({name, children}: {name: string; children: ReactNode}) {
    const box = useRef<HTMLDivElement>(null);
    useDialogName(box, name);
    useEffect(() => {
        box.current?.querySelector<HTMLElement>('[aria-pressed=true],input,button')?.focus({preventScroll: true});
    }, []);
    return <div ref={box} className="choice">{children}</div>;
}

/** One of a few; the first narrows nothing. */
export function Choice({of, chosen, choose}: {of: readonly (readonly [value: string, name: string])[]; chosen: string; choose: (value: string) => void}) {
    return <>{of.map(([value, name]) => <button key={value} type="button" aria-pressed={value === chosen} className="choice-row" onClick={() => choose(value)}>
        {name}{value === chosen ? <Icon name="check" size={16}/> : null}
    </button>)}</>;
}

interface Field {
    name: string;
    label: string;
    value: string;
    type?: 'text' | 'datetime-local';
}

/** Fields and the button that takes them. @param check what is wrong with a value, or nothing */
export function Fields({of, check, take}: {of: readonly Field[]; check?: (value: string) => string | null; take: (values: Record<string, string>) => void}) {
    const texts = useTexts(ORDERS);
    const id = useId();
    const [wrong, setWrong] = useState<Record<string, string>>({});
    const submit = (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        const values = Object.fromEntries(of.map(field => [field.name, String(given.get(field.name) ?? '').trim()]));
        const faults = Object.fromEntries(Object.entries(values).flatMap(([name, value]) => {
            const fault = check?.(value);
            return fault ? [[name, fault]] : [];
        }));
        setWrong(faults);
        const first = Object.keys(faults)[0];
        if (first === undefined) {
            take(values);
        } else {
            event.currentTarget.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
        }
    };
    return <form className="choice-form" onSubmit={submit} noValidate>
        {of.map(({name, label, value, type = 'text'}) => <div className="fld" key={name}>
            <label htmlFor={id + name}>{label}</label>
            <div className={`inp ${wrong[name] ? 'err' : ''}`}>
                <input id={id + name} name={name} type={type} defaultValue={value} autoComplete="off" inputMode={name.endsWith('money') ? 'decimal' : undefined}
                    aria-invalid={wrong[name] !== undefined} aria-describedby={wrong[name] ? `${id}${name}-wrong` : undefined}/>
            </div>
            {wrong[name] ? <p className="e" id={`${id}${name}-wrong`}>{wrong[name]}</p> : null}
        </div>)}
        <button type="submit" className="btn primary">{texts.apply}</button>
    </form>;
}
