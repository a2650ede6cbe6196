import {useEffect} from 'react';
import {Redirect, useParams} from 'wouter';

import {Bar, Load} from '../parts/Load';
import {Title} from '../parts/Page';
import {Subnav} from '../parts/Subnav';
import {useTexts} from '../texts';
import {Address} from './settings/Address';
import {Changes} from './settings/Changes';
import {SETTINGS} from './settings/dictionary';
import {partsOf} from './settings/draft';
import {PARTS, type Part} from './settings/fields';
import {Alipay, Wechat} from './settings/Method';
import {Prices} from './settings/Prices';
import {SaveBar} from './settings/SaveBar';
import {EditingProvider, useSettings, type Editing} from './settings/useSettings';
import './settings/settings.css';

const SHOWN: Record<Part, () => React.ReactNode> = {wechat: Wechat, alipay: Alipay, prices: Prices, address: Address, changes: Changes};

export default function Settings() {
    const texts = useTexts(SETTINGS);
    const {part = 'wechat'} = useParams<{part?: string}>();
    const {loaded, editing} = useSettings();
    const refused = editing?.outcome.kind === 'refused' ? editing.outcome : null;
    useEffect(() => {
        if (refused) {
            document.querySelector<HTMLElement>('.settings [aria-invalid="true"]')?.focus();
        }
    }, [refused]);
    if (!(part in SHOWN)) {
        return <Redirect to="/settings" replace/>;
    }
    const Shown = SHOWN[part as Part];
    return <div className="grid settings">
        <Title>{texts.title}</Title>
        <Parts here={part as Part} editing={editing}/>
        <Load of={loaded} skeleton={<div className="card box form">{[0, 1, 2, 3].map(row => <Bar key={row} height={40}/>)}</div>}>
            {() => editing ? <EditingProvider value={editing}><Shown/><SaveBar/></EditingProvider> : null}
        </Load>
    </div>;
}

function Parts({here, editing}: {here: Part; editing: Editing | undefined}) {
    const texts = useTexts(SETTINGS);
    const unsaved = partsOf(editing?.changes.map(field => field.name) ?? []);
    return <Subnav name={texts.parts} here={`/settings/${here}`}
        tabs={PARTS.map(part => ({href: `/settings/${part}`, title: texts[part], dot: unsaved.has(part) ? texts.unsavedHere : undefined}))}/>;
}
