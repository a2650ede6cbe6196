import {Empty} from '../../parts/Page';
import {Time} from '../../parts/shown';
import {useTexts} from '../../texts';
import {LABELS, SETTINGS} from './dictionary';
import {label, shownValue} from './format';
import {useEditing} from './useSettings';

/** Who changed what, and when; of keys only that they were replaced. */
export function Changes() {
    const texts = useTexts(SETTINGS);
    const labels = useTexts(LABELS);
    const {audit} = useEditing();
    if (audit.changes.length === 0) {
        return <Empty icon="settings" title={texts.changesEmpty}>{texts.changesEmptyHint}</Empty>;
    }
    return <>
        <p className="t3">{texts.changesHint}</p>
        <div className="tbl card"><table className="changes">
            <caption className="vh">{texts.changes}</caption>
            <thead><tr><th scope="col">{texts.when}</th><th scope="col">{texts.who}</th><th scope="col">{texts.what}</th><th scope="col">{texts.before}</th><th scope="col">{texts.after}</th></tr></thead>
            <tbody>{audit.changes.flatMap(change => change.edits.map((edit, at) => <tr key={`${change.number} ${edit.name}`} className={at > 0 ? 'same' : ''}>
                <td className="t3">{at === 0 ? <Time at={change.at}/> : null}</td>
                <td>{at === 0 ? change.actor : null}</td>
                <th scope="row">{label(edit.name, labels)}</th>
                {edit.reason === undefined
                    ? <><td data-l={texts.before} className="t2">{shownValue(edit.before, texts)}</td><td data-l={texts.after}>{shownValue(edit.after, texts)}</td></>
                    : <td colSpan={2} className="t2">{edit.reason === 'leaked' ? texts.keyLeaked : texts.keyRotated}</td>}
            </tr>))}</tbody>
        </table></div>
    </>;
}
