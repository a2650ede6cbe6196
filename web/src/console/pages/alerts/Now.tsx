import {useCallback} from 'react';

import {Load, Rows} from '../../parts/Load';
import {Note} from '../../parts/Page';
import {Time} from '../../parts/shown';
import {useData} from '../../parts/useData';
import {api} from '../../session';
import {useTexts} from '../../texts';
import {ALERTS} from './dictionary';
import {Firing, Quiet} from './Entry';
import {sorted} from './judged';

const EVERY_MS = 30_000;

/** What fires now, what does not, and what the server cannot judge. */
export function Now() {
    const texts = useTexts(ALERTS);
    const loaded = useData(useCallback((signal: AbortSignal) => api.get('/api/topup/alerts', {signal}), []), EVERY_MS);
    return <Load of={loaded} skeleton={<Rows count={4} height={72}/>}>
        {alerts => {
            const {quiet, partly, unseen} = sorted(alerts);
            const critical = alerts.firing.filter(alert => alert.severity === 'critical').length;
            return <>
                <p className="al-sum"><b role="status">{alerts.firing.length === 0 ? texts.quiet : texts.firing(critical, alerts.firing.length - critical)}</b>{' '}
                    <span className="t3">{texts.asOf} <Time at={alerts.now} as="clock"/></span></p>
                {alerts.firing.length === 0 ? <Note kind="ok">{unseen.length === 0 ? texts.allQuiet : texts.quietHint}</Note>
                    : <section><h2 className="vh">{texts.fires}</h2><ul className="card alerts" aria-label={texts.fires}>{alerts.firing.map(alert => <Firing key={alert.name} {...alert}/>)}</ul></section>}
                <List title={texts.well} hint="" names={[...quiet, ...partly]} state={name => partly.includes(name) ? texts.partly : texts.well}/>
                <List title={texts.prometheus} hint={texts.prometheusHint} names={unseen} state={() => texts.unseen}/>
            </>;
        }}
    </Load>;
}

function List({title, hint, names, state}: {title: string; hint: string; names: readonly string[]; state: (name: string) => string}) {
    return names.length === 0 ? null : <section>
        <h2 className="al-title">{title}</h2>
        {hint ? <p className="t2 al-hint">{hint}</p> : null}
        <ul className="card quiet" aria-label={title}>{names.map(name => <Quiet key={name} name={name} state={state(name)}/>)}</ul>
    </section>;
}
