import {Link} from 'wouter';

import {Box} from '../../parts/Page';
import {Time} from '../../parts/shown';
import {useTexts} from '../../texts';
import {LABELS, SETTINGS} from './dictionary';
import {fieldOf, type Part} from './fields';
import {label, shownValue} from './format';
import {useEditing} from './useSettings';

const SHOWN = 4;

/** The last changes of a part. */
export function Recent({part}: {part: Part}) {
    const texts = useTexts(SETTINGS);
    const labels = useTexts(LABELS);
    const {audit} = useEditing();
    const edits = audit.changes.flatMap(change => change.edits.map(edit => ({change, edit}))).filter(({edit}) => fieldOf(edit.name)?.part === part).slice(0, SHOWN);
    return <Box title={texts.recent} beside={<Link className="link" href="/settings/changes">{texts.allChanges}</Link>}>
        {edits.length === 0 ? <p className="t3">{texts.noneYet}</p> : <ul className="hl recent">
            {edits.map(({change, edit}) => <li key={`${change.number} ${edit.name}`}>
                <span>{label(edit.name, labels)}{edit.reason === undefined ? <> {short(shownValue(edit.before, texts))} → {short(shownValue(edit.after, texts))}</> : null}</span>
                <span>{change.actor} · <Time at={change.at}/></span>
            </li>)}
        </ul>}
    </Box>;
}

const short = (text: string): string => text.length > 24 ? `${text.slice(0, 23)}…` : text;
