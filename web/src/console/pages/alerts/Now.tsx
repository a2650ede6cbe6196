import {useTexts} from '../../texts';
import {ALERTS} from './dictionary';
import {Quiet} from './Entry';
import {CRITICAL, TITLES} from './runbook';

const NAMES = Object.keys(TITLES.in('en')).sort((a, b) => Number(CRITICAL.has(b)) - Number(CRITICAL.has(a)));

export function Now() {
    const texts = useTexts(ALERTS);
    return <section>
        <h2 className="al-title">{texts.runbook}</h2>
        <ul className="card quiet">{NAMES.map(name => <Quiet key={name} name={name}/>)}</ul>
    </section>;
}
