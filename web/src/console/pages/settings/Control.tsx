import Radio from '@douyinfe/semi-ui-19/lib/es/radio/radio';
import RadioGroup from '@douyinfe/semi-ui-19/lib/es/radio/radioGroup';
import Switch from '@douyinfe/semi-ui-19/lib/es/switch';
import {useId, type ReactNode} from 'react';

import {Icon} from '../../parts/Icon';
import {useTexts} from '../../texts';
import {inputOf, type Row} from './draft';
import {LABELS, SETTINGS} from './dictionary';
import {fieldOf} from './fields';
import {label, shownValue} from './format';
import {useEditing} from './useSettings';

/** A setting's field: what it holds, and what is wrong with it. */
export function useField(name: string) {
    const editing = useEditing();
    const texts = useTexts(SETTINGS);
    const field = fieldOf(name)!;
    const input = editing.draft[name] ?? inputOf(field, editing.saved);
    const local = editing.local[name];
    return {
        field, input, title: label(name, useTexts(LABELS)), fault: local ? texts[local] : editing.faults[name] ?? editing.live[name],
        set: (next: typeof input | undefined) => editing.set(name, next),
    };
}

/** A label with a short remark beside it, the control, help and fault below it. */
export function Fld({id, title, remark, help, fault, children, group = false}: {
    id: string; title: string; remark?: string | undefined; help?: ReactNode; fault?: string | undefined; children: ReactNode; group?: boolean;
}) {
    return <div className="fld" role={group ? 'group' : undefined} aria-labelledby={group ? `${id}l` : undefined}>
        <div className="l">
            {group ? <span id={`${id}l`}>{title}</span> : <label id={`${id}l`} htmlFor={id}>{title}</label>}
            {remark ? <small id={`${id}r`}>{remark}</small> : null}
        </div>
        {children}
        <div id={`${id}e`} aria-live="polite">{fault ? <p className="e"><Icon name="warn" size={16}/><span>{fault}</span></p> : null}</div>
        {help ? <div className="h" id={`${id}h`}>{help}</div> : null}
    </div>;
}

export const describedBy = (id: string, remark: unknown, help: unknown): string => [`${id}e`, help ? `${id}h` : '', remark ? `${id}r` : ''].filter(Boolean).join(' ');

/** One line of text, or a number. */
export function TextControl({name, remark, help, mono = false, before, placeholder}: {
    name: string; remark?: string; help?: ReactNode; mono?: boolean; before?: string; placeholder?: string;
}) {
    const id = useId();
    const {field, input, title, fault, set} = useField(name);
    const numeric = field.kind === 'whole' ? 'numeric' : field.kind === 'decimal' ? 'decimal' : undefined;
    return <Fld id={id} title={title} remark={remark} help={help} fault={fault}>
        <div className={`inp ${fault ? 'err' : ''}`}>
            {before ? <span className="t3" aria-hidden="true">{before}</span> : null}
            <input id={id} className={mono ? 'mono' : ''} value={input as string} inputMode={numeric} placeholder={placeholder} spellCheck={false} autoComplete="off"
                aria-invalid={fault !== undefined} aria-describedby={describedBy(id, remark, help)} onChange={event => set(event.target.value)}/>
        </div>
    </Fld>;
}

/** Two or three values of which one is set. */
export function ChoiceControl({name, help}: {name: string; help?: ReactNode}) {
    const id = useId();
    const texts = useTexts(SETTINGS);
    const {field, input, title, fault, set} = useField(name);
    return <Fld id={id} title={title} help={help} fault={fault} group>
        <RadioGroup value={input as string} name={id} onChange={event => set(event.target.value as string)} aria-labelledby={`${id}l`} className="choices">
            {field.choices!.map(choice => <Radio key={choice} value={choice}>{shownValue(choice, texts)}</Radio>)}
        </RadioGroup>
    </Fld>;
}

/** On or off, with its title and what off means. */
export function SwitchControl({name, help}: {name: string; help: string}) {
    const id = useId();
    const {input, title, fault, set} = useField(name);
    return <div>
        <div className="swr">
            <div><h3 id={`${id}l`}>{title}</h3><p id={`${id}h`}>{help}</p></div>
            <Switch checked={input as boolean} onChange={checked => set(checked)} aria-labelledby={`${id}l`} aria-describedby={`${id}h`}/>
        </div>
        {fault ? <p className="e">{fault}</p> : null}
    </div>;
}

/** Factors by name, a row each. */
export function FactorsControl({name, remark, nameOf, add}: {name: string; remark: string; nameOf: string; add: string}) {
    const id = useId();
    const texts = useTexts(SETTINGS);
    const {input, title, fault, set} = useField(name);
    const rows = input as readonly Row[];
    const put = (at: number, part: Partial<Row>) => set(rows.map((row, index) => index === at ? {...row, ...part} : row));
    return <Fld id={id} title={title} remark={remark} fault={fault} group>
        {rows.length === 0 ? <p className="h">{texts.noRows}</p> : <ul className="factors">
            {rows.map((row, at) => <li key={at}>
                <div className={`inp ${fault ? 'err' : ''}`}><input value={row.name} aria-label={`${title} ${nameOf} ${at + 1}`} placeholder={nameOf} spellCheck={false} autoComplete="off" onChange={event => put(at, {name: event.target.value})}/></div>
                <span className="t3" aria-hidden="true">×</span>
                <div className={`inp ${fault ? 'err' : ''}`}><input value={row.factor} aria-label={`${title} ${texts.factor} ${at + 1}`} placeholder={texts.factor} inputMode="decimal" autoComplete="off" onChange={event => put(at, {factor: event.target.value})}/></div>
                <button type="button" className="btn quiet sm sq" aria-label={texts.removeRow(row.name || String(at + 1))} onClick={() => set(rows.filter((_, index) => index !== at))}><Icon name="close" size={16}/></button>
            </li>)}
        </ul>}
        <button type="button" className="link" onClick={() => set([...rows, {name: '', factor: ''}])}>{add}</button>
    </Fld>;
}
