import Modal from '@douyinfe/semi-ui-19/lib/es/modal/Modal';
import {Fragment, useState} from 'react';
import {Link} from 'wouter';

import {COMMON} from '../../parts/dictionary';
import {Why} from '../../parts/Load';
import {Note} from '../../parts/Page';
import {Icon} from '../../parts/Icon';
import {useTexts} from '../../texts';
import {inputOf, value} from './draft';
import {LABELS, SETTINGS} from './dictionary';
import {fieldOf, isSecret, type Field} from './fields';
import {label, shownValue} from './format';
import {useEditing} from './useSettings';

const SHOWN = 2;

/** What is not saved yet, and the buttons; what came of the last saving above it. */
export function SaveBar() {
    const texts = useTexts(SETTINGS);
    const {changes, local, saving, save, discard} = useEditing();
    return <div className="savearea">
        <Came/>
        {changes.length === 0 ? null : <div className="savebar card" role="region" aria-label={texts.unsaved}>
            <span className="diffs">
                {changes.slice(0, SHOWN).map(field => <Diff key={field.name} field={field}/>)}
                {changes.length > SHOWN ? <span className="t3">{texts.more(changes.length - SHOWN)}</span> : null}
            </span>
            <div>
                <button type="button" className="btn quiet" disabled={saving} onClick={discard}>{texts.discard}</button>
                <button type="button" className="btn primary" disabled={saving || Object.keys(local).length > 0} onClick={() => void save()}>{saving ? texts.saving : texts.save}</button>
            </div>
        </div>}
    </div>;
}

function Diff({field}: {field: Field}) {
    const texts = useTexts(SETTINGS);
    const title = label(field.name, useTexts(LABELS));
    const {draft, saved} = useEditing();
    return <span>{title}{texts.colon}{isSecret(field)
        ? <b>{texts.replaced}</b>
        : <><del>{shownValue(value(field, inputOf(field, saved)), texts)}</del> → <b>{shownValue(value(field, draft[field.name]!), texts)}</b></>}</span>;
}

/** What came of the last saving. */
function Came() {
    const texts = useTexts(SETTINGS);
    const labels = useTexts(LABELS);
    const {outcome, saving} = useEditing();
    const [asking, setAsking] = useState(false);
    if (saving) {
        return <div role="status"><Note icon="info"><progress className="vh"/>{texts.savingChecks}</Note></div>;
    }
    switch (outcome.kind) {
        case 'none': return <div role="status"/>;
        case 'saved': return <div role="status"><Note kind="ok">{outcome.names.length === 0 ? texts.savedNothing : texts.saved(outcome.names.map(name => label(name, labels)).join(texts.comma))}</Note></div>;
        case 'unknown': return <div role="alert"><Note kind="bad"><b>{texts.refusedHere}</b> <Why error={outcome.error}/></Note></div>;
        case 'refused': return <div role="alert" className="came">
            <Note kind="bad" act={outcome.checked ? <button type="button" className="btn line sm" onClick={() => setAsking(true)}>{texts.unchecked}</button> : null}>
                <b>{outcome.checked ? texts.checksFailed : texts.refused}</b>
                {outcome.names.length === 0 ? null : <p>{outcome.names.map((name, at) => <Fragment key={name}>{at === 0 ? null : texts.comma}{fieldOf(name)
                    ? <Link className="link to-part" href={`/settings/${fieldOf(name)!.part}`}>{label(name, labels)}</Link> : label(name, labels)}</Fragment>)}</p>}
                {outcome.others.map(other => <p key={other}>{other}</p>)}
            </Note>
            {asking ? <Unchecked close={() => setAsking(false)}/> : null}
        </div>;
    }
}

/** Asks before settings are saved that their provider was not asked about. */
function Unchecked({close}: {close: () => void}) {
    const texts = useTexts(SETTINGS);
    const common = useTexts(COMMON);
    const {changes, save} = useEditing();
    const header = <div className="dlg-head">
        <h2 id="semi-modal-title">{texts.uncheckedTitle}</h2>
        <button type="button" className="btn quiet sm sq" aria-label={common.close} onClick={close}><Icon name="close"/></button>
    </div>;
    const footer = <>
        <button type="button" className="btn line" onClick={close}>{common.cancel}</button>
        <button type="button" className="btn danger" onClick={() => {
            close();
            void save(true);
        }}>{texts.uncheckedAct}</button>
    </>;
    return <Modal visible centered motion={false} closeOnEsc maskClosable={false} onCancel={close} header={header} footer={footer} className="ask">
        <div className="ask-in"><p className="t2">{texts.uncheckedHint}</p><ul className="diffs">{changes.map(field => <li key={field.name}><Diff field={field}/></li>)}</ul></div>
    </Modal>;
}
